import { expect, it } from 'vitest'
import type { CredentialProfile, Suggestion } from '@/api/types'
import { byType, loginNeeds, ready } from './logins'

const of = (key: string, collector: string, types: string[], known: number | null = null) =>
  ({ key, collector, credential_needed: types.length > 0, credential_types: types, credential_profile_id: known }) as unknown as Suggestion
const profile = (id: number, type: string) => ({ id, type, name: `p${id}` }) as unknown as CredentialProfile

const suggestions = [of('1', 'http', []), of('2', 'snmp', ['snmp_v2c', 'snmp_v3']), of('3', 'snmp', ['snmp_v2c', 'snmp_v3']), of('4', 'ssh', ['ssh'], 9)]
const profiles = [profile(5, 'snmp_v3'), profile(9, 'ssh')]

it('asks for one login for each collector that has none yet', () => {
  expect(loginNeeds(suggestions, profiles)).toEqual([{ collector: 'snmp', count: 2, profiles: [profile(5, 'snmp_v3')] }])
})

it('takes what needs no login, what has one, and what was given one', () => {
  expect(ready(suggestions, {}).map(({ key }) => key)).toEqual(['1', '4'])
  expect(ready(suggestions, { snmp: 5 })).toHaveLength(4)
})

it('names the chosen profiles by their type', () => {
  expect(byType({ snmp: 5 }, profiles)).toEqual({ snmp_v3: 5 })
})
