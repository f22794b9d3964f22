// New finds are decided by keyboard, each decision is taken back, and the page holds at every width.

import { expect } from '../harness.mjs'

export async function tell({ sit, config }) {
  const person = await sit({ language: config.language })
  const { page, text } = person
  await person.login()
  await person.visit('/inbox')
  const rows = page.locator('[data-find]')
  await rows.first().waitFor()
  const before = await rows.count()
  expect(before >= 4, `only ${before} finds`)
  await person.expectAccessible()
  await person.picture(`inbox-${config.language}`)

  const gone = async (left, why) =>
    page.waitForFunction((count) => document.querySelectorAll('[data-find]').length === count, left).catch(() => {
      throw new Error(why)
    })
  const undone = async (why) => {
    await page.keyboard.press('u')
    await gone(before, why)
  }

  // One by its key, undone by its key.
  for (const key of ['a', 'h', 'i']) {
    await page.keyboard.press('j')
    await page.keyboard.press(key)
    await gone(before - 1, `${key} decided nothing`)
    await undone(`${key} was not undone`)
  }

  // Two at once, undone by the button of the notice.
  await page.getByRole('checkbox').nth(1).check()
  await page.getByRole('checkbox').nth(2).check()
  await page.keyboard.press('a')
  await gone(before - 2, 'the two that were selected are still there')
  const notices = page.getByRole('region', { name: text('common:toast.label') })
  await notices.getByRole('button', { name: text('inbox:undo'), exact: true }).last().click()
  await gone(before, 'the button of the notice undid nothing')

  // A merge with a reason, undone.
  const name = await rows.first().getByRole('link').first().innerText()
  await page.getByRole('checkbox').nth(1).check()
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('radio').last().check()
  await person.expectAccessible()
  await page.getByRole('dialog').getByRole('button', { name: text('inbox:merge'), exact: true }).click()
  await gone(before - 1, 'the merged find is still there')
  await undone('the merge was not undone')
  await rows.filter({ hasText: name }).first().waitFor()

  // What is hidden is found by the filter, and nowhere else.
  await page.keyboard.press('j')
  const hidden = await page.locator('[data-find][data-active]').first().getAttribute('data-find')
  await page.keyboard.press('h')
  await gone(before - 1, 'h decided nothing')
  await person.visit('/inventory?inbox=hidden')
  await page.locator(`a[href="/inventory/${hidden}"]`).first().waitFor()
  await person.visit('/inventory')
  expect((await page.locator(`a[href="/inventory/${hidden}"]`).count()) === 0, 'a hidden device is listed')

  await person.visit(`/inventory/${hidden}?tab=evidence`)
  await page.getByRole('heading', { name: text('inbox:why.title') }).waitFor()
  await person.expectAccessible()
  await person.picture(`identity-${config.language}`)

  await person.turnTo({ width: 360, height: 720, theme: 'light' })
  await person.visit('/inbox')
  await rows.first().waitFor()
  expect(!(await person.overflows()), 'the inbox scrolls sideways at 360 px')
  await person.expectAccessible()
  await person.picture(`inbox-${config.language}`)
}
