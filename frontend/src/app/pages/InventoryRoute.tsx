import { InventoryPage } from '@/features/inventory/InventoryPage'
import { FirstHour, useFillsLive } from '@/features/inventory/places/FirstHour'

/** The inventory; while the first scan runs, devices come in as they are found. */
export const InventoryRoute = () => <InventoryPage top={<FirstHour />} flowing={useFillsLive()} />
