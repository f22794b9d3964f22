import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import type { Session } from '@/api/types'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { Card } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Time } from '@/ui/Time'
import { sessionsQuery } from './queries'
import { describeUserAgent } from './user-agent'

/** Where this person is logged in, and how to end it there. */
export function SessionsCard() {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(sessionsQuery)
  const revoke = useMutation({
    mutationFn: (session: Session) => unwrap(api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: session.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const nameOf = (session: Session) => describeUserAgent(session.user_agent) ?? t('profile.unknown_browser')
  return (
    <Card title={t('profile.sessions')} summary={t('profile.sessions_text')}>
      {error && <ErrorState compact text={errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines />}
      {revoke.error && <Notice tone="down">{errorText(revoke.error)}</Notice>}
      <ul className="flex flex-col">
        {data?.items.map((session) => (
          <li key={session.id} className="flex items-center gap-3 border-b border-line/60 py-2.5 last:border-b-0 last:pb-0">
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2 truncate" title={session.user_agent ?? undefined}>
                {nameOf(session)}
                {session.current && <Badge tone="accent">{t('profile.this_session')}</Badge>}
              </p>
              <p className="truncate text-sm text-muted">
                <span className="mono">{session.address}</span> · {t('profile.last_used')} <Time at={session.last_used_at} />
              </p>
            </div>
            {!session.current && (
              <Button size="sm" aria-label={t('profile.end_named', { name: nameOf(session) })} busy={revoke.isPending && revoke.variables.id === session.id} onClick={() => revoke.mutate(session)}>
                {t('profile.end_session')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
