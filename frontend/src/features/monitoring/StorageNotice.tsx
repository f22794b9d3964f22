import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { statusQuery } from '@/features/operations/queries'
import { useFormat } from '@/i18n/use-format'
import { Notice } from '@/ui/Notice'
import { reportStorage, useStorageAway } from './storage-away'

/** While the database is away: since when, and that nothing which is measured is lost meanwhile. On every page. */
export function StorageNotice() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const client = useQueryClient()
  const status = useQuery(statusQuery)
  const polling = status.data?.polling
  useEffect(() => {
    if (polling) reportStorage(polling)
  }, [polling])
  const away = useStorageAway()
  const wasAway = useRef(false)
  useEffect(() => {
    // Back again: what could not be read meanwhile is read now.
    if (wasAway.current && !away) void client.invalidateQueries()
    wasAway.current = away !== null
  }, [away, client])
  if (!away) return null
  return (
    <Notice tone="degraded" className="mx-4 mt-4 sm:mx-6 lg:mx-8">
      {t('storage.away', { since: format.moment(away.since) })}
      {away.waiting > 0 && ` ${t('storage.waiting', { count: away.waiting, formatted: format.number(away.waiting) })}`}
      {away.lost > 0 && ` ${t('storage.lost', { count: away.lost, formatted: format.number(away.lost) })}`}
    </Notice>
  )
}
