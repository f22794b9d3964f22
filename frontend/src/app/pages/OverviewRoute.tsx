import { FirstHour } from '@/features/inventory/places/FirstHour'
import { FirstRun } from '@/features/inventory/places/FirstRun'
import { OverviewPage } from '@/features/operations/OverviewPage'

/** The overview, with the first run in its place while no network is confirmed. */
export const OverviewRoute = () => <OverviewPage setup={<FirstRun />} top={<FirstHour />} />
