import type auth from './locales/en/auth.json'
import type common from './locales/en/common.json'
import type discovery from './locales/en/discovery.json'
import type errors from './locales/en/errors.json'
import type history from './locales/en/history.json'
import type inbox from './locales/en/inbox.json'
import type inventory from './locales/en/inventory.json'
import type monitoring from './locales/en/monitoring.json'
import type overview from './locales/en/overview.json'
import type settings from './locales/en/settings.json'
import type shell from './locales/en/shell.json'
import type cockpit from './locales/en/cockpit.json'
import type coverage from './locales/en/coverage.json'
import type schedules from './locales/en/schedules.json'
import type welcome from './locales/en/welcome.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      auth: typeof auth
      common: typeof common
      discovery: typeof discovery
      errors: typeof errors
      history: typeof history
      inbox: typeof inbox
      inventory: typeof inventory
      monitoring: typeof monitoring
      overview: typeof overview
      settings: typeof settings
      shell: typeof shell
      cockpit: typeof cockpit
      coverage: typeof coverage
      schedules: typeof schedules
      welcome: typeof welcome
    }
  }
}
