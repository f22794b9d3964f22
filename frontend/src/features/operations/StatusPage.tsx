export const StatusPage = () => null
