import { EllipsisVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'
import { Menu } from './Menu'

/** The menu at the end of a row; `name` tells screen readers which row it is. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Menu
      label={t('address.menu', { address: name })}
      trigger={
        <IconButton size="sm" label={t('address.menu', { address: name })}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      {children}
    </Menu>
  )
}
