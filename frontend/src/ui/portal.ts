import { createContext, use } from 'react'

/** Where menus and tooltips are drawn: inside the open dialog, since all else lies under a modal one. */
export const PortalContext = createContext<HTMLElement | null>(null)

export const usePortalContainer = (): HTMLElement | undefined => use(PortalContext) ?? undefined
