// node run.mjs STORY: tells one story of `stories/` in the browser. Its settings come as JSON on stdin:
// { url, username, password, pictures, ...what the story needs }. Exit code 0 when all of it held.

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { openBrowser, Person } from './harness.mjs'

const [story] = process.argv.slice(2)
const config = JSON.parse(await text(process.stdin))
await mkdir(config.pictures, { recursive: true })

const { tell } = await import(`./stories/${story}.mjs`)
const { browser, close } = await openBrowser()
const people = []
const sit = async (screen) => {
  const person = await Person.sit(browser, config, screen)
  people.push(person)
  return person
}

try {
  await tell({ sit, config })
  for (const person of people) await person.leave()
} catch (error) {
  console.error(error)
  for (const [index, person] of people.entries()) {
    if (!person.page.isClosed()) await person.page.screenshot({ path: path.join(config.pictures, `failed-${story}-${index}.png`) })
    console.error(`person ${index} was at ${person.page.url()}`)
  }
  process.exitCode = 1
} finally {
  await close()
}
