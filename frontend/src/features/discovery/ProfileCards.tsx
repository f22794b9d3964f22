import { Feather, Gauge, Grid3x3, Microscope, Radar, SlidersHorizontal, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ScanProfile } from '@/api/types'
import { cx } from '@/lib/cx'
import { Skeleton } from '@/ui/Skeleton'
import type { ProfileName } from './queries'
import { useProfileName } from './scan-words'

const ICONS: Record<string, LucideIcon> = { sweep: Radar, sample: Grid3x3, quick: Feather, standard: Gauge, full: Microscope, custom: SlidersHorizontal }

type Props = { profiles: readonly ScanProfile[] | undefined; value: ProfileName; onChange: (profile: ProfileName) => void }

/** The ways to scan, each with what it looks at and how long it takes. Radio buttons underneath, so arrow keys choose. */
export function ProfileCards({ profiles, value, onChange }: Props) {
  const { t } = useTranslation('discovery')
  if (!profiles) {
    return (
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {[0, 1, 2, 3, 4, 5].map((index) => (
          <Skeleton key={index} className="h-28" />
        ))}
      </div>
    )
  }
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('new.profile')}</legend>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {profiles.map((profile) => (
          <ProfileCard key={profile.name} profile={profile} checked={profile.name === value} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  )
}

function ProfileCard({ profile, checked, onChange }: { profile: ScanProfile; checked: boolean; onChange: (profile: ProfileName) => void }) {
  const { t, i18n } = useTranslation('discovery')
  const name = useProfileName()
  const Icon = ICONS[profile.name] ?? Gauge
  const limitation = (code: string) => (i18n.exists(`discovery:limitation.${code}`) ? String(t(`limitation.${code}` as 'limitation.no_raw_udp')) : code)
  return (
    <label
      className={cx(
        'relative flex min-w-0 cursor-pointer flex-col gap-1 rounded-lg border p-3.5 transition-colors duration-100 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        checked ? 'border-accent bg-glass' : 'border-line-strong bg-surface hover:border-muted',
        !profile.available && 'opacity-50',
      )}
    >
      <input
        type="radio"
        name="profile"
        value={profile.name}
        checked={checked}
        disabled={!profile.available}
        onChange={() => onChange(profile.name)}
        className="sr-only"
      />
      <span className="flex items-center gap-2 font-medium">
        <Icon aria-hidden className={cx('size-4', checked ? 'text-accent-text' : 'text-muted')} />
        {name(profile.name)}
      </span>
      <span className="text-sm text-pretty text-muted">{t(`profile.${profile.name}.text`)}</span>
      <span className="mt-auto pt-1 text-xs text-muted">{t(`profile.${profile.name}.time`)}</span>
      {profile.limitations.map((code) => (
        <span key={code} className="text-xs text-degraded">
          {limitation(code)}
        </span>
      ))}
    </label>
  )
}
