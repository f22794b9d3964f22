// A viewer sees everything and can change nothing: buttons say why, and pages of the admin are closed.

import { expect } from '../harness.mjs'

export async function tell({ sit, config }) {
  const person = await sit()
  const { page, text } = person
  await person.login(config.viewer, config.viewer_password)

  await person.visit('/inventory')
  await page.getByText('10.77.0.12').first().waitFor()
  await person.expectAccessible()

  await person.visit('/scans/new')
  await page.getByLabel(text('discovery:new.targets'), { exact: true }).fill('10.77.0.10')
  const start = page.getByRole('button', { name: text('discovery:new.start') })
  expect((await start.getAttribute('aria-disabled')) === 'true', 'a viewer can press "start"')
  await page.getByText(text('common:role_reason.operator')).first().waitFor()
  await start.click({ force: true })
  await person.expectAccessible()
  expect(new URL(page.url()).pathname === '/scans/new', 'a viewer started a scan')

  for (const where of ['/settings/users', '/settings/audit']) {
    await person.visit(where)
    await page.getByText(text('errors:role_too_small')).first().waitFor()
    await person.expectAccessible()
  }
}
