import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { networkError } from '@/api/problem'
import * as session from '@/api/session'
import type { CredentialProfile } from '@/api/types'
import credentials from '@/i18n/locales/en/credentials.json'
import shell from '@/i18n/locales/en/shell.json'
import { render } from '@/testing/render'
import { CredentialForm } from './CredentialForm'

const secret = { anyOf: [{ type: 'string' }, { type: 'null' }], default: null }
const KINDS = [{ type: 'ssh', summary: '', secrets: ['password'], collectors: ['ssh'], options_schema: { required: ['username'], properties: { username: { type: 'string' }, password: secret } } }]
const PROFILE = { id: 4, type: 'ssh', name: 'Linux', username: 'root', domain: '', port: null, use_ssl: false, config: {}, site_id: null, version: 1, secrets_set: ['password'] } as unknown as CredentialProfile

beforeAll(() => {
  for (const [name, texts] of Object.entries({ credentials, shell })) i18next.addResourceBundle('en', name, texts)
})
afterEach(() => vi.restoreAllMocks())

function show(profile: CredentialProfile = PROFILE) {
  vi.spyOn(session, 'useCan').mockReturnValue(true)
  vi.spyOn(api, 'GET').mockImplementation(((path: string) =>
    Promise.resolve({ data: { items: path.endsWith('/types') ? KINDS : [], total: 0, next: null }, response: new Response() })) as never)
  const put = vi.spyOn(api, 'PUT').mockRejectedValue(networkError() as never)
  const client = new QueryClient()
  const onSaved = vi.fn()
  let change: (profile: CredentialProfile) => void = () => undefined
  function Shown() {
    const [shown, setShown] = useState(profile)
    change = setShown
    return <CredentialForm profile={shown} onClose={() => undefined} onSaved={onSaved} />
  }
  render(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  )
  return { put, client, onSaved, change: (profile: CredentialProfile) => act(() => change(profile)) }
}

const put = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }))

it('keeps what was half typed through a lost connection and a refresh behind it', async () => {
  const { put: sent, client, onSaved, change } = show()
  await screen.findByLabelText('Password')
  put('Password', 'half typed')
  put('Name', 'Linux servers')
  save()
  await screen.findByText(/The server does not answer/)

  // Somebody else's change arrives, and every query is asked again.
  await client.invalidateQueries()
  change({ ...PROFILE, name: 'Renamed elsewhere', version: 2 })
  expect(screen.getByLabelText('Name')).toHaveValue('Linux servers')
  expect(screen.getByLabelText('Password')).toHaveValue('half typed')

  sent.mockResolvedValue({ data: { ...PROFILE, name: 'Linux servers' }, response: new Response() } as never)
  save()
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith(expect.objectContaining({ name: 'Linux servers' }), false))
  // With the version that was read: the server then says whether somebody was faster.
  expect(sent.mock.lastCall?.[1]).toMatchObject({ body: { name: 'Linux servers', username: 'root', password: 'half typed', version: 1 } })
})

it('says that a secret is kept, and sends none that was not typed', async () => {
  const { put: sent } = show()
  expect(await screen.findByLabelText('Password')).toHaveAttribute('placeholder', 'kept, type to replace')
  save()
  await waitFor(() => expect(sent).toHaveBeenCalled())
  expect(JSON.stringify(sent.mock.lastCall)).not.toContain('password')
})
