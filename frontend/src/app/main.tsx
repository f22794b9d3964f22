import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { applyProfile } from '@/api/profile'
import { renew, sessionState } from '@/api/session'
import { startI18n } from '@/i18n/i18n'
import { startTheme } from '@/lib/theme'
import { App } from './App'
import './styles.css'

// zod's fast path compiles code, which the content security policy forbids and would report.
z.config({ jitless: true })

/** Starts texts and session side by side; draws when both are known, so that nothing flashes. */
async function start(root: HTMLElement): Promise<void> {
  startTheme()
  await Promise.all([startI18n(), renew()])
  const { user } = sessionState()
  if (user) await applyProfile(user)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
