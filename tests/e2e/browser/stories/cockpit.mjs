// The cockpit of a scan: its map by keyboard and as a table, its log searched, its parts and what changed.

import { expect } from '../harness.mjs'

export async function tell({ sit, config }) {
  const person = await sit({ language: 'en' })
  const { page, text } = person
  await person.login()
  await person.visit(`/scans/${config.scan}`)
  const map = page.getByRole('region', { name: text('cockpit:heat.title') })
  await map.getByRole('listbox').focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await map.getByRole('link', { name: text('cockpit:heat.scan_again') }).waitFor()
  await person.expectAccessible()
  await person.picture('cockpit')
  await map.getByRole('button', { name: text('cockpit:heat.as_table') }).click()
  expect((await map.getByRole('row').count()) > 1, 'the map is no table')
  await person.expectAccessible()
  await map.getByRole('button', { name: text('cockpit:heat.as_map') }).click()

  // A scan that is over opens at what it found.
  expect((await page.getByRole('tab', { name: text('discovery:tab.devices') }).getAttribute('aria-selected')) === 'true', 'it opens elsewhere')
  await page.getByRole('tab', { name: text('discovery:tab.log') }).click()
  const search = page.getByLabel(text('common:log.search'))
  await search.fill(config.said)
  await page.getByText(/[1-9]\d* match/).first().waitFor()
  await search.press('Enter')
  await page.getByRole('log').locator('mark').first().waitFor()
  await person.expectAccessible()

  for (const tab of ['discovery:tab.devices', 'discovery:tab.chunks', 'cockpit:tab.compare', 'discovery:tab.files']) {
    await page.getByRole('tab', { name: text(tab) }).click()
    await person.settled()
    await person.expectAccessible()
  }
  for (const where of ['/scans/coverage', '/scans/schedules', '/scans/blackouts']) {
    await person.visit(where)
    await person.expectAccessible()
  }
}
