import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MonitoringPlugin } from '@/api/types'
import { changedOptions } from '@/lib/groups'
import { optionControls } from '@/lib/option-schema'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { TextLink } from '@/ui/LinkButton'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { extensionsOptions } from '../queries'
import { useCollectorName, useOptionWords, usePluginName } from '../words'
import { useOptionText } from './option-text'

export function usePluginColumns(): Column<MonitoringPlugin>[] {
  const { t } = useTranslation('plugins')
  const collectorName = useCollectorName()
  const pluginName = usePluginName()
  return [
    {
      id: 'name',
      header: t('column.name'),
      sort: 'name',
      width: 230,
      fixed: true,
      cell: (plugin) => (
        <span className="inline-flex min-w-0 max-w-full items-center gap-2">
          <span className="truncate font-medium" title={plugin.description || plugin.name}>
            {pluginName(plugin)}
          </span>
          {plugin.built_in && <Badge title={t('built_in_hint')}>{t('built_in')}</Badge>}
        </span>
      ),
    },
    { id: 'type', header: t('column.collector'), sort: 'type', width: 130, cell: ({ type }) => collectorName(type) },
    { id: 'config', header: t('column.options'), width: 360, cell: (plugin) => <Changed plugin={plugin} /> },
    {
      id: 'monitors',
      header: t('column.monitors'),
      width: 110,
      align: 'end',
      cell: ({ id, monitors }) =>
        monitors > 0 ? (
          <TextLink to={paths.monitors} search={{ plugin_id: id }}>
            {monitors}
          </TextLink>
        ) : (
          <span className="text-muted">0</span>
        ),
    },
    { id: 'created_at', header: t('column.created'), sort: 'created_at', width: 120, hidden: true, cell: ({ created_at }) => <Time at={created_at} /> },
  ]
}

/** What is set otherwise than usual; that is what tells two plugins of one collector apart. */
function Changed({ plugin }: { plugin: MonitoringPlugin }) {
  const { t } = useTranslation('plugins')
  const words = useOptionWords()
  const text = useOptionText()
  const schema = useQuery(extensionsOptions).data?.items.find((item) => item.kind === 'collector' && item.name === plugin.type)?.options_schema
  const controls = useMemo(() => optionControls(schema), [schema])
  const changed = changedOptions(controls, plugin.config)
  if (changed.length === 0) return <span className="text-muted">{t('as_usual')}</span>
  const said = changed.map((control) => [words.label(control.name), text(control, plugin.config[control.name])] as const)
  return (
    <span className="truncate" title={said.map(([name, value]) => `${name}: ${value}`).join('\n')}>
      {said.map(([name, value], index) => (
        <span key={name}>
          {index > 0 && <span className="text-muted"> · </span>}
          <span className="text-muted">{name}</span> {value}
        </span>
      ))}
    </span>
  )
}
