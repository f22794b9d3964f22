import { render as renderPlain } from '@testing-library/react'
import i18next from 'i18next'
import type { ReactElement } from 'react'
import { initReactI18next } from 'react-i18next'
import common from '@/i18n/locales/en/common.json'
import errors from '@/i18n/locales/en/errors.json'
import { TooltipProvider } from '@/ui/Tooltip'

void i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { common, errors } }, defaultNS: 'common', interpolation: { escapeValue: false } })

/** Renders with English texts and what every component may expect around it. */
export const render = (element: ReactElement) => renderPlain(<TooltipProvider>{element}</TooltipProvider>)
