export const SitesPage = () => null
