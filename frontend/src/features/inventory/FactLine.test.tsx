import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import * as session from '@/api/session'
import type { Device, Fact } from '@/api/types'
import common from '@/i18n/locales/en/common.json'
import errors from '@/i18n/locales/en/errors.json'
import inventory from '@/i18n/locales/en/inventory.json'
import { TooltipProvider } from '@/ui/Tooltip'
import { FactLine } from './FactLine'

beforeAll(async () => {
  if (!i18next.isInitialized) await i18next.use(initReactI18next).init({ lng: 'en', ns: ['common'], defaultNS: 'common', resources: {}, interpolation: { escapeValue: false } })
  for (const [name, texts] of Object.entries({ common, errors, inventory })) i18next.addResourceBundle('en', name, texts)
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const device = { id: 11, name: 'vault', notes: '', tags: [] } as unknown as Device
const fact = (value: string, pinned: boolean): Fact => ({ value, source: 'nmap', observed_at: '2026-01-01T00:00:00Z', confidence: 90, pinned, pinned_by: pinned ? 'ines' : null, losing: [] })

function show(shown: Fact, role: 'operator' | 'viewer') {
  vi.spyOn(session, 'useCan').mockReturnValue(role !== 'viewer')
  const patch = vi.spyOn(api, 'PATCH').mockResolvedValue({ data: device, response: new Response() } as never)
  const client = new QueryClient()
  render(
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <dl>
          <FactLine device={device} field="vendor" fact={shown} editable />
        </dl>
      </TooltipProvider>
    </QueryClientProvider>,
  )
  return patch
}

it('fixes a fact: what a person saves goes out as the field', async () => {
  const patch = show(fact('Synology', false), 'operator')
  await userEvent.click(screen.getByRole('button', { name: 'Set this fact by hand' }))
  const input = screen.getByRole('textbox', { name: 'Vendor' })
  await userEvent.clear(input)
  await userEvent.type(input, 'Synology Inc.')
  await userEvent.click(screen.getByRole('button', { name: 'Set' }))
  await waitFor(() => expect(patch).toHaveBeenCalledTimes(1))
  expect(patch.mock.calls[0]?.[1]).toMatchObject({ body: { vendor: 'Synology Inc.' } })
})

it('gives a fixed fact back to the machines with null', async () => {
  const patch = show(fact('Synology', true), 'operator')
  await userEvent.click(screen.getByRole('button', { name: 'Let scans decide again' }))
  await waitFor(() => expect(patch.mock.calls.at(-1)?.[1]).toMatchObject({ body: { vendor: null } }))
})

it('tells a viewer why, and sends nothing', async () => {
  const patch = show(fact('Synology', true), 'viewer')
  await userEvent.click(screen.getByRole('button', { name: 'Set this fact by hand' }))
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(patch).not.toHaveBeenCalled()
})
