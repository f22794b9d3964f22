import {
  BatteryCharging,
  Box,
  Boxes,
  BrickWallShield,
  Camera,
  CircleHelp,
  Cpu,
  HardDrive,
  Laptop,
  Lightbulb,
  Monitor,
  Network,
  Phone,
  Printer,
  Router,
  Server,
  Smartphone,
  Speaker,
  Tablet,
  Tv,
  Wifi,
  type LucideIcon,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

const ICONS: Record<string, LucideIcon> = {
  access_point: Wifi,
  camera: Camera,
  container: Box,
  firewall: BrickWallShield,
  hypervisor: Boxes,
  iot: Lightbulb,
  laptop: Laptop,
  media_player: Speaker,
  nas: HardDrive,
  phone: Smartphone,
  printer: Printer,
  router: Router,
  server: Server,
  switch: Network,
  tablet: Tablet,
  tv: Tv,
  ups: BatteryCharging,
  virtual_machine: Cpu,
  voip: Phone,
  workstation: Monitor,
}

/** The names of the device types that the product knows. */
export const DEVICE_TYPES: readonly string[] = Object.keys(ICONS)

export function useDeviceTypeName(): (type: string | null | undefined) => string {
  const { t, i18n } = useTranslation()
  return (type) => {
    if (!type) return t('device_type.unknown')
    return i18n.exists(`device_type.${type}`) ? String(t(`device_type.${type}` as 'device_type.unknown')) : type
  }
}

export function DeviceTypeIcon({ type, className = 'size-4' }: { type: string | null | undefined; className?: string }) {
  const Icon = ICONS[type ?? ''] ?? CircleHelp
  return <Icon aria-hidden className={className} strokeWidth={1.75} />
}
