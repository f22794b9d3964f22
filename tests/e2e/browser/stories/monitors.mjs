// A monitor is made and tried before, its values come live, its target ends: down with the reason; a chart is zoomed into.

import { connect } from 'node:net'
import { expect } from '../harness.mjs'

const LIVE_MS = 30_000

/** Tell the target to end; resolves when it has hung up. */
const end = ({ address, port }) => new Promise((done, failed) => connect(port, address).on('connect', function () { this.write('stop') }).on('close', done).on('error', failed))

export async function tell({ sit, config }) {
  const person = await sit({ language: config.language })
  const { page, text } = person
  const button = (key, scope = page) => scope.getByRole('button', { name: text(key), exact: true })
  await person.login()

  // Made for a device that is looked for by its address, and tried before it is saved.
  await person.visit('/monitors')
  await button('monitoring:add').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().fill(config.address)
  await dialog.getByRole('option').filter({ hasText: config.address }).click()
  await dialog.getByRole('combobox', { name: text('monitoring:form.plugin') }).selectOption({ label: text('monitoring:collector.tcp') })
  await dialog.getByLabel(text('monitoring:option.port.label'), { exact: true }).fill(String(config.port))
  await dialog.getByLabel(text('monitoring:interval.label')).selectOption('other')
  await dialog.getByLabel(text('monitoring:interval.seconds'), { exact: true }).fill('1')
  await dialog.getByLabel(text('monitoring:form.name'), { exact: false }).first().fill(config.name)
  await button('monitoring:test.before_saving', dialog).click()
  await dialog.getByText(text('monitoring:test.answered')).waitFor()
  await person.expectAccessible()
  await person.picture(`monitor-new-${config.language}`)
  await button('common:action.create', dialog).click()
  await page.waitForURL(/\/monitors\/\d+/)
  const monitor = new URL(page.url()).pathname

  // Up by itself, without anybody loading the page again; its first chart draws itself.
  const header = page.locator('main header')
  await header.getByText(text('common:state.up'), { exact: true }).waitFor({ timeout: LIVE_MS })
  await page.locator('.uplot canvas').first().waitFor({ timeout: LIVE_MS })
  await person.expectAccessible()

  // In the list its value changes in its place.
  await person.visit('/monitors')
  const row = page.locator('tbody tr').filter({ hasText: config.name })
  const before = await row.innerText()
  await page.waitForFunction(([name, was]) => [...document.querySelectorAll('tbody tr')].some((each) => each.innerText.includes(name) && each.innerText !== was), [config.name, before], { timeout: LIVE_MS })

  // Its target ends: down, with the reason in the person's language, on the page and among the failures.
  await page.goto(monitor)
  await header.getByText(text('common:state.up'), { exact: true }).waitFor()
  await end(config)
  await header.getByText(text('common:state.down'), { exact: true }).waitFor({ timeout: LIVE_MS })
  const refused = text('errors:connection_refused').replace('{{port}}', config.port).replace('{{address}}', config.address)
  await header.getByText(refused).waitFor()
  await page.getByRole('button', { name: refused }).first().click()
  await page.getByText(text('monitoring:phase.connect')).first().waitFor()
  await button('monitoring:test.now').click()
  await page.getByRole('region', { name: text('monitoring:test.label') }).getByText(refused).waitFor()
  await person.expectAccessible()
  await person.picture(`monitor-down-${config.language}`)

  // A piece of a chart is dragged over: the URL holds it, and the way back leads out.
  await person.visit(`${monitor}?range=1h`)
  const box = await page.locator('.u-over').first().boundingBox()
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 6 })
  await page.mouse.up()
  await page.waitForURL(/from=.*to=/)
  const zoomed = new URL(page.url()).searchParams
  const minutes = (Date.parse(zoomed.get('to').replaceAll('"', '')) - Date.parse(zoomed.get('from').replaceAll('"', ''))) / 60_000
  expect(minutes > 14 && minutes < 22, `a third of an hour was dragged over, the URL holds ${minutes} minutes`)
  await page.getByRole('group', { name: text('monitoring:range.label') }).getByRole('button').nth(1).click()
  await page.waitForURL((address) => !address.searchParams.has('from'))

  await person.visit(`/inventory/${config.device}?tab=metrics`)
  await page.locator('.uplot canvas').first().waitFor()
  await person.expectAccessible()
  await page.getByRole('tab', { name: text('inventory:tab.monitors') }).click()
  await page.locator('main').getByText(config.name).first().waitFor()

  await person.turnTo({ width: 360, height: 720, theme: 'light' })
  for (const where of ['/monitors', monitor, `/inventory/${config.device}?tab=metrics`, `/inventory/${config.device}?tab=monitors`]) {
    await person.visit(where)
    expect(!(await person.overflows()), `${where} scrolls sideways at 360 px`)
    await person.expectAccessible()
  }
}
