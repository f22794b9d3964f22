import { useTranslation } from 'react-i18next'
import { paths } from '@/lib/paths'
import { Field } from '@/ui/Field'
import { TextLink } from '@/ui/LinkButton'
import { Select } from '@/ui/Select'
import { useCollectorName } from '../words'
import type { LoginNeed } from './logins'

type Props = { needs: readonly LoginNeed[]; chosen: Readonly<Record<string, number>>; onChoose: (collector: string, id: number | undefined) => void }

/** One login for each collector that asks for one; what has none is left out. */
export function LoginChoice({ needs, chosen, onChoose }: Props) {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  if (needs.length === 0) return null
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {needs.map(({ collector, count, profiles }) => (
        <Field
          key={collector}
          label={t('login.label', { collector: collectorName(collector) })}
          hint={profiles.length === 0 ? <TextLink to={paths.credentials}>{t('login.none')}</TextLink> : chosen[collector] ? undefined : t('login.without', { count })}
        >
          <Select
            disabled={profiles.length === 0}
            options={profiles.map((profile) => ({ value: String(profile.id), label: profile.name }))}
            placeholder={t('login.later')}
            value={String(chosen[collector] ?? '')}
            onChange={(event) => onChoose(collector, Number(event.target.value) || undefined)}
          />
        </Field>
      ))}
    </div>
  )
}
