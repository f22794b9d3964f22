import { useTranslation } from 'react-i18next'
import { codeText } from '@/api/errors'
import type { Accepted, Suggestion } from '@/api/types'
import type { Params } from '@/api/problem'
import { paths } from '@/lib/paths'
import { LinkButton } from '@/ui/LinkButton'
import { Notice } from '@/ui/Notice'

/** How many monitors were made, and why the others were not. */
export function AcceptedNotice({ accepted, asked }: { accepted: Accepted; asked: readonly Suggestion[] }) {
  const { t } = useTranslation(['suggestions', 'errors'])
  const nameOf = (key: string) => asked.find((item) => item.key === key)?.device_name ?? key
  return (
    <Notice tone={accepted.skipped.length > 0 ? 'degraded' : 'info'} action={accepted.created > 0 && <LinkButton size="sm" to={paths.monitors}>{t('accepted.show')}</LinkButton>}>
      {t('accepted.made', { count: accepted.created })}
      {accepted.more && ` ${t('accepted.more')}`}
      {accepted.skipped.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-sm">
          {accepted.skipped.map((item) => (
            <li key={item.key}>
              {nameOf(item.key)}: {codeText(item.code, item.params as Params, item.text)}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
