import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense } from 'react'
import { queryClient } from '@/api/query-client'
import { Toaster } from '@/ui/Toaster'
import { TooltipProvider } from '@/ui/Tooltip'
import { router } from './router'

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <TooltipProvider delayDuration={350} skipDelayDuration={200}>
      <Suspense fallback={null}>
        <RouterProvider router={router} />
        <Toaster />
      </Suspense>
    </TooltipProvider>
  </QueryClientProvider>
)
