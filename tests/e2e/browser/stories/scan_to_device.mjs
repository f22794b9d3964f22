// From the button "scan" to the page of a device that was found, with the log moving on the way.

import { expect } from '../harness.mjs'

const TARGETS = '10.77.0.10-12'
const ADDRESS = '10.77.0.12'
const SCAN_MS = 90_000

export async function tell({ sit, config }) {
  const person = await sit({ language: config.language })
  const { page, text } = person
  await person.login()

  await person.visit('/scans/new')
  await page.getByLabel(text('discovery:new.targets'), { exact: true }).fill(TARGETS)
  const start = page.getByRole('button', { name: text('discovery:new.start') })
  await page.waitForFunction((button) => !button.ariaDisabled || button.ariaDisabled === 'false', await start.elementHandle())
  await person.expectAccessible()
  await start.click()
  await page.waitForURL(/\/scans\/\d+$/)
  await person.settled()

  // Lines are there while the scan says that it runs.
  const log = page.getByRole('log')
  await log.locator('[data-index]').nth(2).waitFor({ timeout: SCAN_MS })
  const running = page.locator('main header').getByText(text('common:scan_status.running'))
  expect(await running.isVisible(), 'the lines came only when the scan was over')
  await person.expectAccessible()
  await person.picture(`scan-live-${config.language}`)
  await page.locator('main header').getByText(text('common:scan_status.completed')).waitFor({ timeout: SCAN_MS })

  await page.getByRole('tab', { name: text('discovery:tab.devices') }).click()
  const row = page.getByRole('row').filter({ hasText: ADDRESS })
  await row.waitFor()
  await person.expectAccessible()
  await row.getByRole('link', { name: /nas/ }).click()
  await page.waitForURL(/\/inventory\/\d+/)
  await person.settled()
  await page.locator('main h1').filter({ hasText: 'nas' }).waitFor()
  await person.expectAccessible()

  await page.getByRole('tab', { name: text('inventory:tab.ports') }).click()
  await page.getByText('445').first().waitFor()
  await person.expectAccessible()
  await person.picture(`device-${config.language}`)
}
