// Keeps package-lock.json free of hosts: drops `funding` and `resolved`, which hold addresses. `--check` only looks.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const before = readFileSync(file, 'utf8')

if (process.argv.includes('--check')) {
  const line = before.split('\n').findIndex((text) => text.includes('://'))
  if (line >= 0) {
    console.error(`package-lock.json:${line + 1} holds an address; run "npm run lock"`)
    process.exit(1)
  }
} else {
  const lock = JSON.parse(before)
  for (const entry of Object.values(lock.packages)) {
    delete entry.funding
    delete entry.resolved
  }
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}
