import { expect, it } from 'vitest'
import type { CredentialKind, CredentialProfile } from '@/api/types'
import { bodyOf, draftOf, fieldsOf, plainField, type CredentialDraft } from './draft'

const text = { type: 'string' }
const secret = { anyOf: [text, { type: 'null' }], default: null }
const kindOf = (type: CredentialKind['type'], secrets: string[], properties: Record<string, unknown>): CredentialKind => ({ type, secrets, summary: '', collectors: [], options_schema: { properties } })
const v3 = kindOf('snmp_v3', ['auth_key', 'priv_key'], { username: text, security_level: { enum: ['noAuthNoPriv', 'authNoPriv', 'authPriv'], default: 'authPriv' }, auth_key: secret, priv_key: secret })
const proxmox = kindOf('proxmox', ['token', 'password'], { username: text, token_name: { ...text, default: '' }, token: secret, password: secret })
const names = (kind: CredentialKind, draft: CredentialDraft) => fieldsOf(kind, draft).map((field) => (field.kind === 'secret' ? field.name : field.control.name))
const empty = (type: CredentialKind['type'], values: Record<string, unknown> = {}): CredentialDraft => ({ ...draftOf(undefined, type), values })

it('asks only for the keys that the protection uses', () => {
  expect(names(v3, empty('snmp_v3'))).toEqual(['username', 'security_level', 'auth_key', 'priv_key'])
  expect(names(v3, empty('snmp_v3', { security_level: 'authNoPriv' }))).toEqual(['username', 'security_level', 'auth_key'])
  expect(names(v3, empty('snmp_v3', { security_level: 'noAuthNoPriv' }))).toEqual(['username', 'security_level'])
})

it('asks for the token or the password, never both', () => {
  expect(names(proxmox, empty('proxmox'))).toEqual(['username', 'token_name', 'password'])
  expect(names(proxmox, empty('proxmox', { token_name: 'lana' }))).toEqual(['username', 'token_name', 'token'])
})

it('sends a secret only where one was typed', () => {
  const profile = { id: 4, type: 'snmp_v3', name: 'Switches', username: 'mon', domain: '', port: null, use_ssl: false, config: { security_level: 'authPriv' }, site_id: null, version: 3, secrets_set: ['auth_key', 'priv_key'] } as unknown as CredentialProfile
  const draft = { ...draftOf(profile, 'ssh'), secrets: { auth_key: 'typed-just-now', priv_key: '' } }
  expect(bodyOf(v3, draft)).toEqual({ type: 'snmp_v3', name: 'Switches', site_id: null, version: 3, username: 'mon', security_level: 'authPriv', auth_key: 'typed-just-now' })
})

it('finds the field of a refusal behind the name of its type', () => {
  expect(plainField('body.winrm.username', 'winrm')).toBe('username')
  expect(plainField('password', 'winrm')).toBe('password')
})
