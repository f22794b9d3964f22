import { useNavigate } from '@tanstack/react-router'
import { useHotkeys } from '@/lib/use-hotkeys'
import { PLACES, SETTINGS_PLACE } from './places'

/** The keys that work everywhere: Ctrl/Cmd+K, "?", and "g" with a letter. */
export function useShellKeys(show: (panel: 'palette' | 'keys') => void): void {
  const navigate = useNavigate()
  const jumps = [...PLACES, SETTINGS_PLACE].map((place) => [`g ${place.key}`, () => void navigate({ to: place.to })] as const)
  useHotkeys({ 'mod+k': () => show('palette'), '?': () => show('keys'), ...Object.fromEntries(jumps) })
}
