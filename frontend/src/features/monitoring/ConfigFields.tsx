import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MonitoringPlugin } from '@/api/types'
import { optionControls, type OptionControl } from '@/lib/option-schema'
import { Button } from '@/ui/Button'
import { OptionFields } from '@/ui/OptionFields'
import { extensionsOptions } from './queries'
import { useOptionWords } from './words'

type Own = Record<string, unknown>
type Props = { plugin: MonitoringPlugin; own: Own; onChange: (own: Own) => void; errorAt: (name: string) => string | undefined }

/** Options that are asked for at once; the others wait behind a button, unless one of them is set. */
const FIRST = new Set(['scheme', 'port', 'path', 'accepted_statuses', 'contains', 'name', 'type', 'expected', 'count'])
const FEW = 4

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What the monitor says for itself: a value that is the plugin's again is no longer its own. */
export function withOwn(own: Own, name: string, value: unknown, plugins: unknown): Own {
  const rest = Object.fromEntries(Object.entries(own).filter(([other]) => other !== name))
  return same(value, plugins) ? rest : { ...rest, [name]: value }
}

export function splitControls(controls: readonly OptionControl[], own: Own): { first: OptionControl[]; rest: OptionControl[] } {
  if (controls.length <= FEW) return { first: [...controls], rest: [] }
  const first = controls.filter((control) => FIRST.has(control.name) || control.name in own)
  return { first, rest: controls.filter((control) => !first.includes(control)) }
}

/** The collector's options, filled with the plugin's, over which this monitor may have its own. */
export function ConfigFields({ plugin, own, onChange, errorAt }: Props) {
  const { t } = useTranslation('monitoring')
  const words = useOptionWords()
  const [all, setAll] = useState(false)
  const extensions = useQuery(extensionsOptions)
  const schema = extensions.data?.items.find((item) => item.kind === 'collector' && item.name === plugin.type)?.options_schema
  const controls = useMemo(() => optionControls(schema), [schema])
  const [shownFirst] = useState(() => own)
  const { first, rest } = splitControls(controls, shownFirst)
  const props = {
    values: { ...plugin.config, ...own },
    onChange: (name: string, value: unknown) => onChange(withOwn(own, name, value, plugin.config[name] ?? controls.find((control) => control.name === name)?.initial)),
    errorAt,
    words,
  }
  const needed = rest.some((control) => errorAt(control.name))
  if (controls.length === 0) return null
  return (
    <div className="flex flex-col gap-3.5 rounded-md border bg-sunken/40 p-3.5">
      <OptionFields controls={first} {...props} />
      {rest.length > 0 && (all || needed) && <OptionFields controls={rest} {...props} />}
      {rest.length > 0 && !all && !needed && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            {t('form.more_options', { count: rest.length })}
          </Button>
        </div>
      )}
    </div>
  )
}
