import { Check, EllipsisVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Menu } from './Menu'
import { useCopy } from './use-copy'

/** An address, MAC or name: mono, copied by a click; `menu` holds what else can be done with it (MenuItem elements). */
export function AddressChip({ address, menu, plain }: { address: string; menu?: ReactNode; plain?: boolean }) {
  const { t } = useTranslation()
  const [copied, copy] = useCopy()
  return (
    <span className={cx('group/chip inline-flex max-w-full items-center rounded-sm', !plain && 'border bg-sunken/60 hover:border-line-strong')}>
      <button
        type="button"
        title={address}
        aria-label={t('action.copy_value', { value: address })}
        onClick={(event) => {
          event.stopPropagation()
          copy(address)
        }}
        className={cx('mono min-w-0 truncate rounded-sm hover:text-accent-text', !plain && 'px-1.5 py-px')}
      >
        {address}
      </button>
      {copied && <Check aria-label={t('action.copied')} className="mr-1 size-3.5 shrink-0 text-up" />}
      {menu && !copied && (
        <Menu
          align="start"
          trigger={
            <button
              type="button"
              aria-label={t('address.menu', { address })}
              onClick={(event) => event.stopPropagation()}
              className="relative inline-flex size-4.5 shrink-0 before:absolute before:-inset-1.5 max-sm:before:-inset-3 items-center justify-center rounded-sm text-muted opacity-60 group-hover/chip:opacity-100 hover:text-text focus-visible:opacity-100"
            >
              <EllipsisVertical aria-hidden className="size-3.5" />
            </button>
          }
        >
          {menu}
        </Menu>
      )}
    </span>
  )
}
