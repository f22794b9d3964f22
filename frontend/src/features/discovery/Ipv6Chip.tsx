import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { useCan } from '@/api/session'
import { Button } from '@/ui/Button'

/** Offers the IPv6 addresses of allowed networks that this machine's kernel has heard of: such a network cannot be asked as a whole. */
export function Ipv6Chip({ targets, onAdd }: { targets: string; onAdd: (targets: string) => void }) {
  const { t } = useTranslation('coverage')
  const enabled = useCan('operator')
  const { data } = useQuery({ queryKey: ['networks', 'proposals'], queryFn: () => unwrap(api.GET('/api/v1/networks/proposals', {})), staleTime: 30_000, enabled })
  const listed = new Set(targets.split(/\s+/))
  const seen = data?.items.filter((item) => item.already_allowed).flatMap((item) => item.ipv6_seen) ?? []
  const fresh = seen.filter((address) => !listed.has(address))
  if (fresh.length === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      {t('ipv6_chip', { count: fresh.length })}
      <Button size="sm" icon={<Plus />} onClick={() => onAdd([targets.trimEnd(), ...fresh].filter(Boolean).join('\n'))}>
        {t('ipv6_add')}
      </Button>
    </p>
  )
}
