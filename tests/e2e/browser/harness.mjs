// Debian's chromium, driven as a person would: pages, texts in the person's language, axe, pictures.

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

const FRONTEND = new URL('../../../frontend/', import.meta.url)
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
// Root has no sandbox; the rest keeps chromium from calling its maker, which the lab could not answer.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SEVERE = new Set(['serious', 'critical'])
const PATIENCE_MS = 15_000

const fromFrontend = createRequire(new URL('package.json', FRONTEND))

/** A browser with an empty profile of its own; `close` leaves nothing. */
export async function openBrowser() {
  const { chromium } = fromFrontend('playwright-core')
  const profile = await mkdtemp(path.join(tmpdir(), 'lanarium-browser-'))
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS, env: { ...process.env, HOME: profile } })
  return { browser, close: () => browser.close().finally(() => rm(profile, { recursive: true, force: true })) }
}

async function readTexts(language) {
  const folder = new URL(`src/i18n/locales/${language}/`, FRONTEND)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const texts = {}
  for (const name of files) texts[name.replace('.json', '')] = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
  return texts
}

/** The texts of one language, by `namespace:key.path`, English where it has none, as in the web UI. */
export async function textsOf(language) {
  const languages = [await readTexts(language), await readTexts('en')]
  return (key) => {
    const [namespace, rest] = key.split(':')
    const found = languages.map((texts) => rest.split('.').reduce((node, step) => node?.[step], texts[namespace]))
    const text = found.find((value) => typeof value === 'string')
    if (text === undefined) throw new Error(`no text ${key}`)
    return text
  }
}

/** One person at one screen. */
export class Person {
  static async sit(browser, config, { width = 1440, height = 900, theme = 'dark', language = 'en' } = {}) {
    const context = await browser.newContext({
      baseURL: config.url,
      ignoreHTTPSErrors: true, // the product signs its own certificate
      viewport: { width, height },
      colorScheme: theme,
      locale: language === 'no' ? 'nb-NO' : language,
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const page = await context.newPage()
    return new Person(config, context, page, await textsOf(language), { width, theme, language })
  }

  constructor(config, context, page, text, screen) {
    Object.assign(this, { config, context, page, text, screen, complaints: [] })
    page.on('pageerror', (error) => this.complaints.push(`error in the page: ${error.message}`))
    page.on('console', (message) => {
      const policy = /Content Security Policy/i.test(message.text())
      if (policy) this.complaints.push(`console: ${message.text()}`)
    })
  }

  /** Type name and password into the login page and wait for what is behind it. */
  async login(username = this.config.username, password = this.config.password) {
    await this.page.goto('/login')
    await this.page.locator('input[autocomplete="username"]').fill(username)
    await this.page.locator('input[autocomplete="current-password"]').fill(password)
    await this.page.locator('input[autocomplete="current-password"]').press('Enter')
    await this.page.waitForURL((address) => address.pathname !== '/login')
    await this.settled()
  }

  /** Go on at another screen: its size and its theme. */
  async turnTo({ width, height, theme }) {
    Object.assign(this.screen, { width, theme })
    await this.page.setViewportSize({ width, height })
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  }

  /** Go to a path of the web UI and wait until it has drawn what it loads. */
  async visit(where) {
    await this.page.goto(where)
    await this.settled()
  }

  /** The page has its heading, and no skeleton is left. */
  async settled() {
    await this.page.locator('main h1').first().waitFor()
    await this.page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null)
    await this.page.evaluate(() => document.fonts.ready.then(() => true))
  }

  /** What axe finds that is serious or critical on the page as it is now. */
  async axe() {
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) {
      // Through the debugger, not as a script element: the page's policy would rightly refuse that.
      await this.page.evaluate(await readFile(fromFrontend.resolve('axe-core/axe.min.js'), 'utf8'))
    }
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    return violations
      .filter((found) => SEVERE.has(found.impact))
      .map((found) => `${this.page.url()} ${found.id}: ${found.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
  }

  /** Raise unless axe has nothing serious to say about the page. */
  async expectAccessible() {
    const found = await this.axe()
    if (found.length > 0) throw new Error(`axe:\n${found.join('\n')}`)
  }

  /** Whether something is wider than the screen, so that the page would scroll sideways. */
  overflows() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  }

  /** Save what is on the screen as `name-width-theme.png`. */
  async picture(name) {
    const file = path.join(this.config.pictures, `${name}-${this.screen.width}-${this.screen.theme}.png`)
    await this.page.screenshot({ path: file, animations: 'disabled' })
    return file
  }

  /** Leave. Raises what the pages complained about meanwhile. */
  async leave() {
    await this.context.close()
    if (this.complaints.length > 0) throw new Error(this.complaints.join('\n'))
  }
}

/** Raise with the sentence unless the condition holds. */
export function expect(condition, sentence) {
  if (!condition) throw new Error(sentence)
}
