import { useTranslation } from 'react-i18next'
import { Dialog } from '@/ui/Dialog'
import { PLACES, SETTINGS_PLACE } from './places'

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** Every key, at "?". */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell')
  const groups: [string, [string[], string][]][] = [
    [
      t('keys.everywhere'),
      [
        [[MOD, 'K'], t('keys.palette')],
        [['/'], t('keys.filter')],
        [['?'], t('keys.sheet')],
        [['Esc'], t('keys.close')],
      ],
    ],
    [t('keys.go'), [...PLACES, SETTINGS_PLACE].map((place) => [['G', place.key.toUpperCase()], t(`nav.${place.id}`)])],
    [
      t('keys.lists'),
      [
        [['J'], t('keys.next')],
        [['K'], t('keys.previous')],
        [['↵'], t('keys.open')],
        [['X'], t('keys.select')],
      ],
    ],
  ]
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} size="md">
      <div className="grid gap-6 sm:grid-cols-2">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-xs font-medium text-muted">{title}</h3>
            <dl className="flex flex-col gap-1.5">
              {keys.map(([combination, text]) => (
                <div key={text} className="flex items-center justify-between gap-4">
                  <dt className="min-w-0">{text}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {combination.map((key) => (
                      <kbd key={key} className="inline-flex h-5.5 min-w-5.5 items-center justify-center rounded-sm border border-line-strong bg-page px-1.5 font-sans text-xs">
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
