import { Link, useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { FileUp, FolderPlus, Plus, Radar } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import type { Project } from '@/api/types'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { FacetChip } from '@/ui/FacetChips'
import { FilterBar } from '@/ui/FilterBar'
import { Page } from '@/ui/Page'
import { ImportDialog } from './cockpit/ImportDialog'
import { ScansNav } from './coverage/ScansNav'
import { ProjectDialog } from './ProjectDialog'
import { ProjectStrip } from './ProjectStrip'
import { projectsOptions, scanListOptions, type ScanFilters } from './queries'
import { ScanCard, useScanColumns } from './scan-columns'
import { ScanRowMenu } from './ScanRowMenu'
import { PROFILES, STATUSES, useProfileName } from './scan-words'

/** Every scan, newest first, with projects as a filter. */
export function ScansPage() {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const { t: cockpit } = useTranslation('cockpit')
  const [editing, setEditing] = useState(false)
  const [importing, setImporting] = useState(false)
  const filters = useFilters()
  const list = useList(scanListOptions(filters))
  const projects = useQuery(projectsOptions)
  const columns = useScanColumns()
  const canScan = useCan('operator')
  const project = projects.data?.items.find((item) => item.id === filters.project_id)
  const running = list.rows.filter((scan) => scan.status === 'running').length
  const filtered = Boolean(filters.project_id ?? filters.status ?? filters.profile)
  // An empty list holds the button itself: one first action on the page, not two.
  const none = !filtered && list.total === 0
  const clear = () => setSearch({ project: undefined, status: undefined, profile: undefined })
  return (
    <Page
      fill
      title={shell('nav.scans')}
      summary={list.total !== undefined && <Headline total={list.total} running={running} filtered={filtered} />}
      actions={
        <>
          <Button icon={<FolderPlus />} disabledReason={!canScan && c('role_reason.operator')} onClick={() => setEditing(true)}>
            {t('project.new')}
          </Button>
          <Button icon={<FileUp />} disabledReason={!canScan && c('role_reason.operator')} onClick={() => setImporting(true)}>
            {cockpit('import.button')}
          </Button>
          {!none && <NewScanButton project={project} />}
        </>
      }
    >
      <ScansNav />
      <ScanFilterBar projects={projects.data?.items ?? []} search={search} setSearch={setSearch} />
      {project && <ProjectStrip project={project} onGone={() => setSearch({ project: undefined })} />}
      <DataTable
        fill
        name="scans"
        label={shell('nav.scans')}
        rows={list.rows}
        columns={columns}
        rowKey={(scan) => String(scan.id)}
        loading={list.loading}
        stale={list.stale}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        total={list.total}
        sort={filters.sort ?? '-created_at'}
        onSort={(sort) => setSearch({ sort })}
        onOpen={(scan) => void navigate({ to: paths.scan(scan.id) })}
        rowActions={(scan) => <ScanRowMenu scan={scan} />}
        card={(scan) => <ScanCard scan={scan} />}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onMore={list.onMore}
        empty={filtered ? <NoMatch onClear={clear} /> : <NoScans action={<NewScanButton project={project} />} />}
      />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      <ProjectDialog open={editing} project={null} onClose={() => setEditing(false)} onSaved={(saved) => setSearch({ project: saved.id })} />
    </Page>
  )
}

function useFilters(): ScanFilters {
  const [search] = useSearchState()
  const site = useSiteId()
  const project = Number(search['project'])
  const status = STATUSES.find((name) => name === search['status'])
  const profile = PROFILES.find((name) => name === search['profile'])
  return {
    ...(project > 0 ? { project_id: project } : {}),
    ...(status ? { status } : {}),
    ...(profile ? { profile } : {}),
    ...(search['sort'] ? { sort: String(search['sort']) } : {}),
    ...(site === undefined ? {} : { site_id: site }),
  }
}

function Headline({ total, running, filtered }: { total: number; running: number; filtered: boolean }) {
  const { t } = useTranslation('discovery')
  const all = filtered ? t('scans.matching', { count: total }) : t('scans.total', { count: total })
  return <>{running > 0 ? `${all}, ${t('scans.running_now', { count: running })}` : all}</>
}

function NewScanButton({ project }: { project: Project | undefined }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const open = () => void navigate({ to: paths.newScan, search: (project ? { project: project.id } : {}) as never })
  return (
    <Button variant="primary" icon={<Plus />} disabledReason={!allowed && c('role_reason.operator')} onClick={open}>
      {t('scans.new')}
    </Button>
  )
}

type FilterProps = { projects: readonly Project[]; search: ReturnType<typeof useSearchState>[0]; setSearch: ReturnType<typeof useSearchState>[1] }

function ScanFilterBar({ projects, search, setSearch }: FilterProps) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const profileName = useProfileName()
  return (
    <FilterBar>
      <FacetChip
        name={t('column.project')}
        values={projects.map((item) => ({ value: String(item.id), label: item.name, count: item.scan_count }))}
        selected={asText(search['project'])}
        onSelect={(project) => setSearch({ project: project && Number(project) })}
      />
      <FacetChip
        name={t('column.status')}
        values={STATUSES.map((status) => ({ value: status, label: c(`scan_status.${status}`) }))}
        selected={asText(search['status'])}
        onSelect={(status) => setSearch({ status })}
      />
      <FacetChip
        name={t('column.profile')}
        values={PROFILES.map((profile) => ({ value: profile, label: profileName(profile) }))}
        selected={asText(search['profile'])}
        onSelect={(profile) => setSearch({ profile })}
      />
    </FilterBar>
  )
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('state.no_match')} action={<Button onClick={onClear}>{t('filter.clear_all')}</Button>}>
      {t('state.no_match_hint')}
    </EmptyState>
  )
}

function NoScans({ action }: { action: ReactNode }) {
  const { t } = useTranslation('discovery')
  return (
    <EmptyState
      icon={<Radar />}
      title={t('scans.empty_title')}
      action={
        <>
          {action}
          <Link to={paths.networks} className="inline-flex h-8.5 items-center px-2 text-accent-text hover:underline">
            {t('scans.networks_link')}
          </Link>
        </>
      }
    >
      {t('scans.empty_text')}
    </EmptyState>
  )
}
