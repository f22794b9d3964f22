export const OverviewRoute = () => null
