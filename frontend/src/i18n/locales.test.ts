import { describe, expect, it } from 'vitest'
import glossary from './glossary.json'
import { LANGUAGES, LOCALES, type Language } from './languages'

type Texts = { [key: string]: string | Texts }

const files = import.meta.glob<{ default: Texts }>('./locales/*/*.json', { eager: true })

/** Words that are the same in another language: names, abbreviations, and words that languages share. */
const SAME_WORD = /^(\W|\d|\{\{\w+\}\}|nmap|mDNS|SNMP|VLAN|IPv4|IPv6|PostgreSQL|TimescaleDB|TV|MAC|OS|IP|CSV|UDP|TCP|XML|ID|NetBIOS|UPnP)*$/
const SHARED = new Set([
  'Actions', 'Administrator', 'Computer', 'Container', 'Database', 'Description', 'Firewall', 'Hypervisor', 'Interval', 'Info', 'Inventar', 'Laptop', 'Live', 'Log', 'Name', 'Operator', 'Pages',
  'Monitor', 'Person', 'Plugin', 'Processor', 'Port', 'Ports', 'Printer', 'Profil', 'Projekt', 'Router', 'Scan', 'Scans', 'Server', 'Service', 'Services', 'Session', 'Sessions', 'Site', 'Sites',
  'Source', 'Standard', 'Status', 'Stop', 'Switch', 'System', 'Tablet', 'Tags', 'Tema', 'Token', 'Type', 'Version', 'person', 'system', 'DNS', 'Notes', 'Options', 'Script', 'Scripts',
])

function flatten(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function load(language: Language): Map<string, string> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./locales/${language}/`))
  return new Map(own.flatMap(([path, file]) => flatten(file.default, `${path.split('/').at(-1)?.replace('.json', '')}:`)))
}

const english = load('en')
const PLURAL = /_(zero|one|two|few|many|other)$/
const HOLE = /\{\{\w+\}\}/g
const bases = (texts: ReadonlyMap<string, string>) => new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')))
const holes = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort().join()

describe.each(LANGUAGES)('%s', (language) => {
  const texts = load(language)

  it('has every text and no other', () => {
    expect([...bases(english)].filter((key) => !bases(texts).has(key)), 'missing').toEqual([])
    expect([...bases(texts)].filter((key) => !bases(english).has(key)), 'not in English').toEqual([])
    expect([...texts].filter(([, text]) => text.trim() === '').map(([key]) => key), 'empty').toEqual([])
  })

  it('has each plural form of its language', () => {
    const wanted = new Intl.PluralRules(LOCALES[language]).resolvedOptions().pluralCategories
    const counted = [...new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')))]
    expect(counted.flatMap((key) => wanted.filter((form) => !texts.has(`${key}_${form}`)).map((form) => `${key}_${form}`))).toEqual([])
  })

  it('fills the same holes', () => {
    const differing = [...texts].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other'))
      return original !== undefined && holes(original) !== holes(text)
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it.skipIf(language === 'en')('is translated, not copied', () => {
    const copied = [...texts].filter(([key, text]) => english.get(key) === text && !SAME_WORD.test(text) && text.replace(HOLE, '').trim().length > 2 && !SHARED.has(text))
    expect(copied.map(([key, text]) => `${key} = ${text}`)).toEqual([])
  })

  it.skipIf(language === 'en')('keeps to the glossary', () => {
    const strayed = Object.values(glossary).flatMap((words) => {
      const word = new RegExp(`\\b${words.en}s?\\b`, 'i')
      return [...english]
        .filter(([key, text]) => word.test(text.replace(HOLE, '')) && !EXEMPT.test(key) && texts.has(key) && !texts.get(key)?.toLowerCase().includes(words[language]))
        .map(([key]) => `${words.en}: ${key} = ${texts.get(key)}`)
    })
    expect(strayed).toEqual([])
  })
})

/** Texts where the English word means something else, or the sentence does without the noun. */
const EXEMPT = /^(shell:settings\.status|discovery:chunk\.none|common:device_type\.iot|errors:(foreign_origin|target_)|settings:users\.email)/
