import { useTranslation } from 'react-i18next'
import { codeText } from './errors'

/** A form's own rules answer with codes, the server's problems with sentences: both become one sentence. */
export function useFieldText(): (message: string | undefined) => string | undefined {
  useTranslation('errors')
  return (message) => (message && /^[a-z_]+$/.test(message) ? codeText(message, {}, message) : message)
}
