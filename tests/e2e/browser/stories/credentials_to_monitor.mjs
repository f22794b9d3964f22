// A login is entered and tried, a plugin configured, and what was found becomes monitors: three pages, no address typed twice.

import { expect } from '../harness.mjs'

export async function tell({ sit, config }) {
  const person = await sit({ language: config.language })
  const { page, text } = person
  const dialog = page.locator('dialog[open]')
  const press = (key) => dialog.getByRole('button', { name: text(key), exact: true }).last().click()
  const fill = (key, value) => dialog.getByLabel(text(key), { exact: true }).fill(value)
  await person.login()

  // The credentials, and the exact refusal.
  await person.visit('/settings/credentials')
  await page.getByRole('button', { name: text('credentials:add') }).first().click()
  await dialog.getByLabel(text('credentials:form.type'), { exact: true }).selectOption('snmp_v2c')
  await fill('credentials:form.name', 'Printers')
  await fill('credentials:field.community.label', config.community)
  await person.expectAccessible()
  await press('credentials:save_and_test')
  await fill('credentials:test.address', config.snmp)
  await press('credentials:test.run')
  const outcome = dialog.getByRole('region', { name: text('credentials:test.result') })
  await outcome.getByText(text('credentials:test.works'), { exact: true }).waitFor()
  await person.expectAccessible()
  await press('common:action.close')
  await page.getByRole('cell', { name: 'Printers', exact: true }).click()
  await dialog.getByPlaceholder(text('credentials:secret.kept')).waitFor()
  const shown = await dialog.getByLabel(text('credentials:field.community.label'), { exact: true }).inputValue()
  expect(shown === '', `the form shows the secret: ${shown}`)
  await press('common:action.cancel')

  // A plugin: what is set otherwise than usual is said in its row.
  await person.visit('/settings/plugins')
  await page.getByRole('button', { name: text('plugins:add') }).click()
  await dialog.getByLabel(text('plugins:column.collector'), { exact: true }).selectOption('http')
  await fill('plugins:column.name', 'Front page')
  await fill('monitoring:option.path.label', '/shop')
  await person.expectAccessible()
  await press('common:action.save')
  await page.getByRole('row', { name: /Front page.*\/shop/ }).waitFor()

  // What was found of one device is watched with a click; then there is nothing left to suggest of it.
  await person.visit(`/monitors/suggestions?device_id=${config.device}`)
  await page.getByRole('row').nth(1).waitFor()
  await person.expectAccessible()
  const one = text('suggestions:button_one')
  await person.visit(`/inventory/${config.device}`)
  await page.getByRole('button', { name: one }).click()
  await dialog.getByRole('checkbox').first().waitFor()
  await person.expectAccessible()
  await dialog.locator('button[type="submit"]').click()
  await dialog.getByRole('link', { name: text('suggestions:accepted.show') }).waitFor()
  await press('common:action.close')
  await page.getByRole('button', { name: one }).click()
  await dialog.getByText(text('suggestions:dialog.none')).waitFor()
}
