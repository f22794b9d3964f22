// Every page at the sizes and in the themes that people use, as pictures: none scrolls sideways, each has a name, axe is content.

import { expect } from '../harness.mjs'

const SCREENS = [
  { width: 1440, height: 900, theme: 'dark' },
  { width: 1440, height: 900, theme: 'light' },
  { width: 360, height: 740, theme: 'dark' },
  { width: 360, height: 740, theme: 'light' },
]

const pages = ({ scan, device, sample, monitor }) => ({
  overview: '/',
  inventory: '/inventory',
  inbox: '/inbox',
  device: `/inventory/${device}`,
  'device-ports': `/inventory/${device}?tab=ports`,
  'device-changes': `/inventory/${device}?tab=changes`,
  'device-evidence': `/inventory/${device}?tab=evidence`,
  ...(monitor
    ? {
        monitors: '/monitors',
        'monitor-new': '/monitors?new=true',
        monitor: `/monitors/${monitor}?range=1h`,
        'device-metrics': `/inventory/${device}?tab=metrics&range=1h`,
        'device-monitors': `/inventory/${device}?tab=monitors`,
      }
    : {}),
  changes: '/changes',
  scans: '/scans',
  'scan-new': '/scans/new',
  scan: `/scans/${scan}`,
  'scan-log': `/scans/${scan}?tab=log`,
  ...(sample ? { sample: `/scans/${sample}` } : {}),
  coverage: '/scans/coverage',
  schedules: '/scans/schedules',
  blackouts: '/scans/blackouts',
  networks: '/settings/networks',
  sites: '/settings/sites',
  users: '/settings/users',
  tokens: '/settings/tokens',
  audit: '/settings/audit',
  profile: '/settings/profile',
  status: '/settings/status',
})

export async function tell({ sit, config }) {
  const screens = config.screens.map((number) => SCREENS[number])
  const person = await sit(screens[0])
  for (const screen of screens) {
    await person.turnTo(screen)
    await person.page.goto('/login')
    await person.page.locator('input[autocomplete="username"]').waitFor()
    await person.picture('login')
  }
  await person.login()
  const wide = []
  const hard = []
  const unnamed = []
  for (const screen of screens) {
    await person.turnTo(screen)
    for (const [name, where] of Object.entries(pages(config))) {
      await person.visit(where)
      await person.picture(name)
      if (await person.overflows()) wide.push(`${name} at ${screen.width}`)
      if ((await person.page.title()) === 'Lanarium') unnamed.push(name)
      hard.push(...(await person.axe()))
    }
  }
  expect(wide.length === 0, `scrolls sideways: ${wide.join(', ')}`)
  expect(unnamed.length === 0, `has no name of its own: ${unnamed.join(', ')}`)
  expect(hard.length === 0, `axe:\n${hard.join('\n')}`)
}
