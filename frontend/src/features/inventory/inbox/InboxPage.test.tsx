import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import * as session from '@/api/session'
import common from '@/i18n/locales/en/common.json'
import errors from '@/i18n/locales/en/errors.json'
import inbox from '@/i18n/locales/en/inbox.json'
import inventory from '@/i18n/locales/en/inventory.json'
import { Toaster } from '@/ui/Toaster'
import { TooltipProvider } from '@/ui/Tooltip'
import { InboxPage } from './InboxPage'

beforeAll(async () => {
  if (!i18next.isInitialized) await i18next.use(initReactI18next).init({ lng: 'en', ns: ['common'], defaultNS: 'common', resources: {}, interpolation: { escapeValue: false } })
  for (const [name, texts] of Object.entries({ common, errors, inbox, inventory })) i18next.addResourceBundle('en', name, texts)
  Element.prototype.scrollIntoView = () => undefined
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const AT = '2026-01-01T00:00:00Z'
const find = (id: number, name: string, suggestions: unknown[] = []) => ({
  device: { id, name, site_id: 1, type: 'unknown', status: 'up', primary_address: `10.0.0.${id}`, mac: null, vendor: null, ports_open: 0, ports: [], tags: [], first_seen: AT, sources: ['nmap'] },
  first_seen: AT,
  why: { code: 'found', params: { source: 'nmap', address: `10.0.0.${id}` } },
  suggestions,
})
const likely = { device_id: 7, name: 'nas', reason: { code: 'same_ssh', params: { value: 'sha256:one' } }, confidence: 45 }

async function show(items: unknown[], role: 'operator' | 'viewer' = 'operator') {
  vi.spyOn(session, 'useCan').mockReturnValue(role !== 'viewer')
  vi.spyOn(api, 'GET').mockImplementation(() => Promise.resolve({ data: { items, total: items.length, next: null }, response: new Response() }) as never)
  const post = vi.spyOn(api, 'POST').mockImplementation(((path: string, options: { body?: { action: string; device_ids: number[] } }) =>
    Promise.resolve({ data: { id: 3, action: options.body?.action ?? 'approve', affected: options.body?.device_ids.length ?? 0, into_id: null }, response: new Response(), path })) as never)
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/', component: InboxPage })
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory() })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>,
  )
  await screen.findByRole('heading', { name: 'Inbox' })
  return post
}

const sent = (post: { mock: { calls: unknown[][] } }, call = 0) => post.mock.calls[call]?.[1]

it('approves the row under the cursor, and undoes it, by keyboard', async () => {
  const post = await show([find(1, 'one'), find(2, 'two')])
  await screen.findByText('one')
  await userEvent.keyboard('jja')
  await waitFor(() => expect(sent(post)).toEqual({ body: { action: 'approve', device_ids: [2], reason: '' } }))
  await screen.findByText('1 device approved')
  await userEvent.keyboard('u')
  await waitFor(() => expect(post.mock.calls[1]?.[0]).toBe('/api/v1/inbox/actions/{action_id}/undo'))
  expect(sent(post, 1)).toEqual({ params: { path: { action_id: 3 } } })
})

it('hides everything that is selected with one request', async () => {
  const post = await show([find(1, 'one'), find(2, 'two'), find(3, 'three')])
  await screen.findByText('one')
  await userEvent.keyboard('jxjjx')
  await userEvent.keyboard('h')
  await waitFor(() => expect(sent(post)).toEqual({ body: { action: 'hide', device_ids: [1, 3], reason: '' } }))
  const toast = await screen.findByText('2 devices hidden')
  await userEvent.click(within(toast.parentElement as HTMLElement).getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(post).toHaveBeenCalledTimes(2))
})

it('says what a find may be, why and how surely, and merges it', async () => {
  const post = await show([find(1, 'one', [likely])])
  await screen.findByText(/the same SSH key, 45% sure/)
  await userEvent.click(screen.getByRole('button', { name: 'Merge into nas' }))
  await waitFor(() => expect(sent(post)).toEqual({ body: { action: 'merge', device_ids: [1], into_id: 7, reason: '' } }))
})

it('lets nobody decide who may only look', async () => {
  const post = await show([find(1, 'one')], 'viewer')
  await screen.findByText('one')
  await userEvent.keyboard('ja')
  await userEvent.click(screen.getByRole('button', { name: /Approve/ }))
  expect(post).not.toHaveBeenCalled()
})

it('says so when nothing waits', async () => {
  await show([])
  await screen.findByText('Every find is decided')
})
