import type { CredentialKind, CredentialProfile } from '@/api/types'
import { optionControls, type OptionControl } from '@/lib/option-schema'

export type CredentialType = CredentialKind['type']
/** A profile as its form holds it. Secrets are what was typed just now; an empty one stays as it is. */
export type CredentialDraft = { type: CredentialType; name: string; site: string; values: Record<string, unknown>; secrets: Record<string, string>; version: number | null }

export function draftOf(profile: CredentialProfile | undefined, type: CredentialType): CredentialDraft {
  if (!profile) return { type, name: '', site: '', values: {}, secrets: {}, version: null }
  const { username, domain, port, use_ssl, config } = profile
  return { type: profile.type, name: profile.name, site: String(profile.site_id ?? ''), values: { ...config, username, domain, port, use_ssl }, secrets: {}, version: profile.version }
}

/** Fields that mean nothing beside what was chosen so far. */
export function pointless(draft: CredentialDraft): ReadonlySet<string> {
  const { values } = draft
  if (draft.type === 'snmp_v3') {
    const level = values['security_level'] ?? 'authPriv'
    return new Set([...(level === 'noAuthNoPriv' ? ['auth_protocol', 'auth_key'] : []), ...(level === 'authPriv' ? [] : ['priv_protocol', 'priv_key'])])
  }
  if (draft.type === 'winrm') return new Set(values['use_ssl'] === true ? [] : ['verify_certificate', 'fingerprint', 'ca_certificate'])
  if (draft.type === 'proxmox') return new Set([values['token_name'] ? 'password' : 'token'])
  return new Set()
}

export type CredentialField = { kind: 'option'; control: OptionControl } | { kind: 'secret'; name: string }

/** The fields of a type that mean something now, in the schema's order. */
export function fieldsOf(kind: CredentialKind, draft: CredentialDraft): CredentialField[] {
  const without = pointless(draft)
  return optionControls(kind.options_schema)
    .filter((control) => !without.has(control.name))
    .map((control) => (kind.secrets.includes(control.name) ? { kind: 'secret', name: control.name } : { kind: 'option', control }))
}

/** What is sent: a secret only where one was typed. */
export function bodyOf(kind: CredentialKind, draft: CredentialDraft): Record<string, unknown> {
  const body: Record<string, unknown> = { type: draft.type, name: draft.name.trim(), site_id: draft.site ? Number(draft.site) : null }
  if (draft.version !== null) body['version'] = draft.version
  for (const field of fieldsOf(kind, draft)) {
    if (field.kind === 'secret') {
      if (draft.secrets[field.name]) body[field.name] = draft.secrets[field.name]
    } else if (draft.values[field.control.name] !== undefined) body[field.control.name] = draft.values[field.control.name]
  }
  return body
}

/** The name of a field in a refusal: the type stands before it, because each type has a shape of its own. */
export const plainField = (field: string, type: CredentialType): string => field.replace(/^body\./, '').replace(new RegExp(`^${type}\\.`), '')
