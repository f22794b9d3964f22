export const NetworksPage = () => null
