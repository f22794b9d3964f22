import type { ChangeKind } from '@/api/types'

/** Every kind of change, in the order in which people look for them. */
export const KINDS: readonly ChangeKind[] = [
  'device_new',
  'device_removed',
  'device_silent',
  'device_returned',
  'port_opened',
  'port_closed',
  'service_changed',
  'version_changed',
  'address_gained',
  'address_lost',
  'name_changed',
  'hostname_changed',
  'type_changed',
  'vendor_changed',
  'os_changed',
]

export const asKind = (text: string | undefined): ChangeKind | undefined => KINDS.find((kind) => kind === text)

export type Tone = 'gain' | 'loss' | 'change'

/** Whether something came, went, or became something else: the sign and the colour of a row. */
export function toneOf(kind: ChangeKind): Tone {
  if (kind === 'device_new' || kind === 'device_returned' || kind === 'port_opened' || kind === 'address_gained') return 'gain'
  if (kind === 'device_removed' || kind === 'device_silent' || kind === 'port_closed' || kind === 'address_lost') return 'loss'
  return 'change'
}

/** What of the device: "22/tcp" of a port or a version, the address of an address; fields are told by the kind. */
export function partOf(key: string): string {
  const [kind = '', head = '', ...rest] = key.split(':')
  if (kind === 'port' || kind === 'version') return `${rest.join(':')}/${head}`
  if (kind === 'address') return rest.join(':')
  return ''
}

/** Old and new as they are shown: an address is named once, and what a status was says its kind. */
export function valuesOf(change: { kind: ChangeKind; key: string; old: string | null; new: string | null }): { old: string; new: string } {
  if (change.key.startsWith('address:') || change.key === 'status' || change.key === '') return { old: '', new: '' }
  return { old: change.old ?? '', new: change.new ?? '' }
}
