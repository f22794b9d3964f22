// A wrong password is refused where it was typed; the right one opens the product; logging out closes it.

import { expect } from '../harness.mjs'

export async function tell({ sit, config }) {
  const person = await sit({ language: config.language })
  const { page } = person
  // Whoever is not logged in is led to the door, from any page.
  await page.goto('/inventory')
  await page.waitForURL((address) => address.pathname === '/login')
  await page.locator('input[autocomplete="username"]').waitFor()
  await person.expectAccessible()

  await page.locator('input[autocomplete="username"]').fill(config.username)
  await page.locator('input[autocomplete="current-password"]').fill('not the password')
  await page.locator('input[autocomplete="current-password"]').press('Enter')
  await page.getByRole('alert').first().waitFor()
  expect(new URL(page.url()).pathname === '/login', 'a wrong password let somebody in')
  await person.expectAccessible()

  await person.login()
  await person.expectAccessible()
  const said = await page.locator('html').getAttribute('lang')
  expect(said.startsWith(config.language === 'no' ? 'nb' : config.language), `the page says that it is in ${said}`)

  // A new page is still logged in: the refresh cookie renews without a question.
  await person.visit('/inventory')
  expect(new URL(page.url()).pathname === '/inventory', 'a reload lost the session')

  await page.getByRole('button', { name: person.text('shell:person.menu') }).click()
  await page.getByRole('menuitem', { name: person.text('shell:person.logout') }).click()
  await page.waitForURL((address) => address.pathname === '/login')
  await page.goto('/')
  await page.waitForURL((address) => address.pathname === '/login')
}
