// Somebody watches a scan and has half-typed a form while nginx is killed again and again: nothing is missing afterwards.

import { rm, writeFile } from 'node:fs/promises'
import { expect } from '../harness.mjs'

const SCAN_MS = 150_000
const TYPED = 'Half of a na'
const ANSI = /\u001b\[[0-9;]*m/g

/** Counts the sockets of a page to paths that begin so; each after the first is one that was cut and came back. */
function sockets(page, start) {
  const seen = { opened: 0 }
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).pathname.startsWith(start)) seen.opened += 1
  })
  return seen
}

const until = async (page, what, holds) => {
  const end = Date.now() + SCAN_MS
  while (!(await holds())) {
    expect(Date.now() < end, `never: ${what}`)
    await page.waitForTimeout(250)
  }
}

export async function tell({ sit, config }) {
  const person = await sit({ language: 'en' })
  const { page, text } = person
  await person.login()
  const watched = sockets(page, '/ws/scans/')
  await person.visit(`/scans/${config.scan}?tab=log`)
  await page.getByRole('log').locator('[data-index]').first().waitFor({ timeout: SCAN_MS })

  const other = await person.context.newPage()
  const behind = sockets(other, '/ws')
  await other.goto('/scans/schedules')
  await other.getByRole('button', { name: text('schedules:add') }).first().click()
  const name = other.getByRole('dialog').getByLabel(text('schedules:form.name'))
  await name.fill(TYPED)
  await name.evaluate((field) => { globalThis.sameField = field })

  // From here on, and only as long as this file is there, nginx is killed.
  await writeFile(config.watching, '')
  await until(page, 'the log came back from every cut', () => watched.opened >= config.cuts)
  await until(other, 'the page with the form came back from every cut', () => behind.opened >= config.cuts)
  await rm(config.watching)
  expect((await name.inputValue()) === TYPED, 'what was typed is gone')
  expect(await name.evaluate((field) => field === globalThis.sameField && field === document.activeElement), 'the field is another one')

  await page.locator('main header').getByText(text('common:scan_status.completed')).waitFor({ timeout: SCAN_MS })
  const said = await fromRest(page, config)
  expect(said.length > 10, `only ${said.length} lines`)
  const shown = await fromPage(page, said.length)
  for (const [index, line] of said.entries()) expect(shown.get(index)?.includes(line.trim()), `line ${index + 1} is “${shown.get(index)}”, not “${line}”`)
  expect(shown.size === said.length, `${shown.size} lines on the page, ${said.length} in the log`)
  console.log(`${said.length} lines, ${watched.opened} and ${behind.opened} sockets`)
}

/** Every line of the scan, as the API has it. */
async function fromRest(page, { scan, username, password }) {
  const login = await page.request.post('/api/v1/auth/login', { data: { username, password } })
  const { token } = await login.json()
  const lines = []
  for (let more = true; more; ) {
    const answer = await page.request.get(`/api/v1/scans/${scan}/lines?limit=500&after=${lines.at(-1)?.seq ?? 0}`, { headers: { Authorization: `Bearer ${token}` } })
    const { items } = await answer.json()
    lines.push(...items)
    more = items.length > 0
  }
  return lines.map((line) => line.text.replaceAll(ANSI, ''))
}

/** Every line that the page shows, by its place, never loaded again since the page was opened. */
async function fromPage(page, total) {
  const shown = new Map()
  const log = page.getByRole('log')
  const take = async () => {
    for (const [index, said] of await log.locator('[data-index]').evaluateAll((rows) => rows.map((row) => [Number(row.dataset.index), row.textContent]))) shown.set(index, said)
  }
  await until(page, 'the log shows its beginning', async () => {
    await log.evaluate((box) => { box.scrollTop = 0 })
    await page.waitForTimeout(200)
    return (await log.locator('[data-index="0"]').count()) > 0
  })
  for (let step = 0; shown.size < total && step < total; step++) {
    await page.waitForTimeout(120)
    await take()
    await log.evaluate((box) => { box.scrollTop += box.clientHeight / 2 })
  }
  return shown
}
