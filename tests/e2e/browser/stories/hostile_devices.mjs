// A12, A13, A15: devices whose every text is an attack; each page shows them as text, and nothing runs.

import { expect } from '../harness.mjs'

/** Listen for scripts that run: a dialog, or the mark that the texts of the corpus try to leave. */
function watch(page) {
  const ran = []
  page.on('dialog', (dialog) => {
    ran.push(`${page.url()}: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return ran
}

/** The broken twin: a page that takes a text for HTML; the watch must see it. */
async function expectWatchful(person) {
  const page = await person.context.newPage()
  const ran = watch(page)
  const dialog = page.waitForEvent('dialog')
  await page.setContent('<img src="x" onerror="alert(1)">')
  await dialog
  expect(ran.length > 0, 'nobody noticed a script that ran')
  await page.close()
}

export async function tell({ sit, config }) {
  const person = await sit()
  await expectWatchful(person)
  const ran = watch(person.page)
  await person.login()
  for (const where of ['/', '/inventory', '/inventory?sort=-last_seen', '/scans', '/settings/networks', '/settings/audit']) await person.visit(where)
  for (const { id, name } of config.devices) {
    await person.visit(`/inventory/${id}`)
    expect((await person.page.locator('main h1').first().textContent()).includes(name), `device ${id} is not shown by its name`)
    for (const fact of await person.page.locator('main [title]').all()) await fact.hover({ force: true, timeout: 500 }).catch(() => {})
  }
  await person.page.keyboard.press('Control+k')
  await person.page.locator('[role="dialog"] input, dialog input').first().fill('<img')
  await person.page.waitForLoadState('networkidle')
  expect(ran.length === 0, `scripts ran: ${ran.join(', ')}`)
}
