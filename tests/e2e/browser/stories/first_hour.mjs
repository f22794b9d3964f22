// The first hour: after the login one screen proposes the networks; one press later the inventory fills by itself.

import { expect } from '../harness.mjs'

const FIRST_DEVICE_MS = 60_000

export async function tell({ sit, config }) {
  const person = await sit({ language: 'en' })
  const { page, text } = person
  await person.login()
  await page.getByRole('heading', { name: text('welcome:title') }).waitFor()
  const networks = page.getByRole('list', { name: text('welcome:label') })
  await networks.getByRole('checkbox').first().waitFor()
  expect((await networks.getByRole('checkbox', { checked: true }).count()) > 0, 'no network is ticked beforehand')
  await person.expectAccessible()
  await person.picture('first-hour')

  const pressed = Date.now()
  await page.getByRole('button', { name: text('welcome:start') }).click()
  await page.waitForURL((address) => address.pathname === '/inventory')
  await person.settled()
  await page.getByRole('region', { name: text('welcome:hour.title') }).waitFor()
  if (config.fills) {
    await page.locator('main tr[data-row]').first().waitFor({ timeout: FIRST_DEVICE_MS })
    console.log(`first device on the screen after ${Date.now() - pressed} ms`)
  }
  await person.expectAccessible()
  await person.picture('first-hour-inventory')

  await page.getByRole('button', { name: text('welcome:hour.hide') }).click()
  await page.getByRole('region', { name: text('welcome:hour.title') }).waitFor({ state: 'detached' })
}
