import { Command } from 'cmdk'
import { useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { CircleHelp, FolderKanban, Globe, Hash, LogOut, Network, Plus, Radar, Search, Server, SunMoon, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { chooseTheme } from '@/api/profile'
import { logout, useCan } from '@/api/session'
import type { SearchHit } from '@/api/types'
import { localPath } from '@/lib/local-path'
import { paths } from '@/lib/paths'
import { useDark } from '@/lib/theme'
import { useSettingsPages } from './settings-pages'
import { PLACES, SETTINGS_PLACE } from './places'

type Entry = { id: string; text: string; icon: LucideIcon; run: () => void; hint?: string }

const HIT_ICONS: Record<SearchHit['kind'], LucideIcon> = { device: Server, address: Globe, port: Hash, network: Network, scan: Radar, project: FolderKanban }

/** Ctrl/Cmd+K: pages, actions and everything that the server finds. */
export function CommandPalette({ open, onClose, onKeys }: { open: boolean; onClose: () => void; onKeys: () => void }) {
  return open ? <OpenPalette onClose={onClose} onKeys={onKeys} /> : null
}

function OpenPalette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation('shell')
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const entries = useEntries(onKeys)
  const wanted = text.trim().toLowerCase()
  const typed = useTypedEntries(text.trim())
  const hits = useHits(wanted)
  const [picked, setPicked] = useFirst(hits.items[0] && hitValue(hits.items[0]))
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector('input')?.focus()
    return () => element?.close()
  }, [])
  const run = (action: () => void) => {
    onClose()
    action()
  }
  const matching = (list: Entry[]) => list.filter((entry) => !wanted || entry.text.toLowerCase().includes(wanted))
  return (
    <dialog
      ref={dialog}
      aria-label={t('search.open')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      className="enter fixed inset-x-3 top-3 mx-auto mt-0 w-auto max-w-150 overflow-hidden rounded-xl border border-line-strong bg-raised p-0 text-text shadow-lifted sm:top-[14vh]"
    >
      <Command shouldFilter={false} label={t('search.open')} loop value={picked} onValueChange={setPicked}>
        <div className="flex h-12 items-center gap-3 border-b px-4">
          <Search aria-hidden className="size-4.5 text-muted" />
          <Command.Input autoFocus value={text} onValueChange={setText} placeholder={t('search.placeholder')} className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none" />
          <kbd className="rounded-sm border px-1.5 font-sans text-xs text-muted">Esc</kbd>
        </div>
        <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
          {wanted.length >= 2 && hits.items.length === 0 && <p role="status" className="px-2.5 pt-2 pb-1 text-sm text-muted">{hits.loading ? t('search.searching') : t('search.empty')}</p>}
          <Command.Empty className="px-4 py-8 text-center text-base text-muted">{hits.loading ? t('search.searching') : t('search.empty')}</Command.Empty>
          <Group title={t('search.found')} show={hits.items.length > 0}>
            {hits.items.map((hit) => (
              <HitItem key={`${hit.kind}${hit.id}${hit.title}`} hit={hit} onRun={run} />
            ))}
          </Group>
          <Group title={t('search.typed')} show={typed.length > 0}>
            {typed.map((entry) => (
              <Item key={entry.id} value={entry.id} icon={entry.icon} text={entry.text} onSelect={() => run(entry.run)} />
            ))}
          </Group>
          {(['pages', 'actions'] as const).map((group) => (
            <Group key={group} title={t(`search.${group}`)} show={matching(entries[group]).length > 0}>
              {matching(entries[group]).map((entry) => (
                <Item key={entry.id} value={entry.id} icon={entry.icon} text={entry.text} hint={entry.hint} onSelect={() => run(entry.run)} />
              ))}
            </Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  )
}

/** The chosen item; what the server found best is chosen as soon as it is there. */
function useFirst(first: string | undefined): [string, (value: string) => void] {
  const [picked, setPicked] = useState('')
  const [seen, setSeen] = useState(first)
  if (first !== seen) {
    setSeen(first)
    if (first) setPicked(first)
  }
  return [picked, setPicked]
}

const hitValue = (hit: SearchHit): string => `hit-${hit.kind}-${hit.id}-${hit.title}`.toLowerCase()

const Group = ({ title, show, children }: { title: string; show: boolean; children: ReactNode }) =>
  show ? (
    <Command.Group heading={title} className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">
      {children}
    </Command.Group>
  ) : null

function Item({ value, icon: Icon, text, detail, hint, onSelect }: { value: string; icon: LucideIcon; text: string; detail?: string | null; hint?: string | undefined; onSelect: () => void }) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-base select-none data-[selected=true]:bg-glass">
      <Icon aria-hidden strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 truncate">{text}</span>
      {detail && <span className="mono min-w-0 flex-1 truncate text-sm text-muted">{detail}</span>}
      {hint && <span className="ml-auto shrink-0 text-xs text-muted">{hint}</span>}
    </Command.Item>
  )
}

function HitItem({ hit, onRun }: { hit: SearchHit; onRun: (action: () => void) => void }) {
  const { t } = useTranslation('shell')
  const detail = useDetail()
  const navigate = useNavigate()
  const go = () => void navigate({ to: hitPath(hit) })
  return <Item value={hitValue(hit)} icon={HIT_ICONS[hit.kind]} text={hit.title} detail={detail(hit.subtitle)} hint={t(`kind.${hit.kind}`)} onSelect={() => onRun(go)} />
}

/** The server's line with the type of the device in words. */
function useDetail(): (subtitle: string | null | undefined) => string | null {
  const { t, i18n } = useTranslation()
  const word = (part: string) => (i18n.exists(`common:device_type.${part}`) ? t(`device_type.${part as 'nas'}`) : part)
  return (subtitle) => subtitle?.split(' · ').map(word).join(' · ') ?? null
}

/** Where a hit leads. Kinds whose id is their page's are linked from here; the others say it themselves. */
function hitPath(hit: SearchHit): string {
  if (hit.kind === 'device') return paths.device(hit.id)
  if (hit.kind === 'scan') return paths.scan(hit.id)
  if (hit.kind === 'project') return paths.project(hit.id)
  if (hit.kind === 'network') return paths.networks
  return localPath(hit.link)
}

function useHits(wanted: string): { items: SearchHit[]; loading: boolean } {
  const q = useDeferredValue(wanted)
  const { data, isFetching } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
    enabled: q.length >= 2,
    staleTime: 10_000,
  })
  return { items: q.length >= 2 ? (data?.items ?? []) : [], loading: isFetching }
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[0-9a-f]*:[0-9a-f:]+(\/\d{1,3})?)$/i
const MAC = /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i

/** What can be done with the text itself: an address can be scanned, anything can be looked for in the inventory. */
function useTypedEntries(text: string): Entry[] {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const canScan = useCan('operator')
  if (text.length < 2) return []
  const scan = canScan && ADDRESS.test(text) && !MAC.test(text)
  return [
    ...(scan ? [{ id: 'typed-scan', text: t('search.scan_typed', { target: text }), icon: Radar, run: () => void navigate({ to: paths.newScan, search: { targets: text } as never }) }] : []),
    { id: 'typed-inventory', text: t('search.list_typed', { text }), icon: Server, run: () => void navigate({ to: paths.inventory, search: { q: text } as never }) },
  ]
}

function useEntries(onKeys: () => void): { actions: Entry[]; pages: Entry[] } {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const dark = useDark()
  const canScan = useCan('operator')
  const settingsPages = useSettingsPages()
  const go = (to: string) => () => void navigate({ to })
  const other = dark ? 'light' : 'dark'
  const actions: Entry[] = [
    ...(canScan ? [{ id: 'new-scan', text: t('action.new_scan'), icon: Plus, run: go(paths.newScan) }] : []),
    { id: 'theme', text: t(`action.theme_${other}`), icon: SunMoon, run: () => void chooseTheme(other) },
    { id: 'keys', text: t('keys.title'), icon: CircleHelp, run: onKeys, hint: '?' },
    { id: 'logout', text: t('person.logout'), icon: LogOut, run: () => void logout() },
  ]
  const pages: Entry[] = [
    ...[...PLACES, SETTINGS_PLACE].map((place) => ({ id: `page-${place.id}`, text: t(`nav.${place.id}`), icon: place.icon, run: go(place.to), hint: `G ${place.key.toUpperCase()}` })),
    { id: 'page-projects', text: t('nav.projects'), icon: FolderKanban, run: go(paths.projects) },
    ...settingsPages.map((page) => ({ id: `settings-${page.id}`, text: page.label, icon: page.icon, run: go(page.to) })),
  ]
  return { actions, pages }
}
