// Writes src/api/schema.d.ts from openapi.json, which the application exports (`make openapi`). `--check` fails when it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../openapi.json', import.meta.url)
const target = new URL('../src/api/schema.d.ts', import.meta.url)

if (!existsSync(source)) {
  console.error('openapi.json is missing: run "make openapi" first')
  process.exit(1)
}
const wanted = `/* Generated from openapi.json by scripts/gen-api.mjs: do not edit. */\n\n${astToString(await openapiTS(source, { defaultNonNullable: false }))}`

if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== wanted) {
    console.error('src/api/schema.d.ts is stale: run "npm run gen:api"')
    process.exit(1)
  }
} else {
  writeFileSync(target, wanted)
}
