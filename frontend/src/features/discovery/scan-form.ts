import type { Scan, ScanOptions } from '@/api/types'
import type { ExpandRequest, ProfileName, ScanDraft } from './queries'
import { PROFILES } from './scan-words'

/** What the form for a new scan holds: text as typed, so that nothing a person types is changed under their hands. */
export type ScanForm = {
  targets: string
  exclusions: string
  name: string
  project: string
  profile: ProfileName
  options: ScanOptions
  max_rate: string
  chunk_size: string
  concurrency: string
  host_timeout_s: string
  chunk_timeout_s: string
}

export const EMPTY_FORM: ScanForm = {
  targets: '',
  exclusions: '',
  name: '',
  project: '',
  profile: 'standard',
  options: {},
  max_rate: '',
  chunk_size: '',
  concurrency: '2',
  host_timeout_s: '900',
  chunk_timeout_s: '3600',
}

/** A profile's name from outside, such as the URL; undefined for anything else. */
export const asProfile = (text: unknown): ProfileName | undefined => PROFILES.find((name) => name === text)

/** The form filled with what an earlier scan was asked. */
export const formFrom = (scan: Scan): ScanForm => ({
  targets: scan.targets.join('\n'),
  exclusions: scan.exclusions.join('\n'),
  name: scan.name,
  project: String(scan.project_id),
  profile: asProfile(scan.profile) ?? 'standard',
  options: scan.profile === 'custom' ? (scan.options as ScanOptions) : {},
  max_rate: '',
  chunk_size: String(scan.chunk_size),
  concurrency: String(scan.concurrency),
  host_timeout_s: scan.host_timeout_s === null ? '' : String(scan.host_timeout_s),
  chunk_timeout_s: scan.chunk_timeout_s === null ? '' : String(scan.chunk_timeout_s),
})

const seconds = (text: string): number | undefined => (text.trim() ? Number(text) : undefined)

/** The request that the form means. Only the custom profile carries options. */
export function draftOf(form: ScanForm): ScanDraft {
  return {
    targets: form.targets,
    exclusions: form.exclusions,
    name: form.name.trim(),
    profile: form.profile,
    ...(form.profile === 'custom' ? { options: form.options } : {}),
    ...(form.project ? { project_id: Number(form.project) } : {}),
    ...numbered('max_rate', form.max_rate),
    ...numbered('chunk_size', form.chunk_size),
    concurrency: Number(form.concurrency),
    host_timeout_s: seconds(form.host_timeout_s),
    chunk_timeout_s: seconds(form.chunk_timeout_s),
  } as ScanDraft
}

/** A number that is left to the profile while nothing, or nothing whole, stands in its field. */
const numbered = (name: 'max_rate' | 'chunk_size', text: string) => (Number(text) >= 1 ? { [name]: Math.round(Number(text)) } : {})

const positive = (text: string, fallback: string): number => (Number(text) >= 1 ? Math.round(Number(text)) : Number(fallback))

/** What to ask about the lists while a person types; a number that is being typed counts as its default. */
export const expandRequestOf = (form: ScanForm): ExpandRequest => ({
  targets: form.targets,
  exclusions: form.exclusions,
  profile: form.profile,
  ...(form.profile === 'custom' ? { options: form.options } : {}),
  ...numbered('max_rate', form.max_rate),
  ...numbered('chunk_size', form.chunk_size),
  concurrency: positive(form.concurrency, EMPTY_FORM.concurrency),
})
