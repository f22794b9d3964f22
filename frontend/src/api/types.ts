/** The API's values under the names that the UI uses. Everything comes from the generated schema. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Page<T> = { items: T[]; total: number; next?: string | null }

export type Role = Schemas['User']['role']
export type Theme = Schemas['User']['theme']
export type User = Schemas['User']
export type Token = Schemas['Login']
export type Session = Schemas['Session']
export type ApiToken = Schemas['ApiToken']
export type NewApiToken = Schemas['IssuedApiToken']
export type AuditEvent = Schemas['AuditEvent']
export type Site = Schemas['Site']
export type Network = Schemas['Network']
export type NetworkProposal = Schemas['NetworkProposal']
export type NetworkCoverage = Schemas['NetworkCoverage']
export type SampledNetwork = Schemas['InUseOut']
export type CoverageRange = Schemas['CoverageRange']
export type IndirectAddress = Schemas['IndirectAddress']
export type Project = Schemas['ProjectOut']
export type ScanProfile = Schemas['ProfileOut']
export type ScanOptions = Schemas['ScanOptionsIn']
export type TargetExpansion = Schemas['Expansion']
export type Scan = Schemas['ScanOut']
export type ScanStatus = Schemas['ScanOut']['status']
export type Message = Schemas['MessageOut']
export type Chunk = Schemas['ChunkOut']
export type Artifact = Schemas['ArtifactOut']
export type Host = Schemas['HostOut']
export type HostPort = Schemas['HostPortOut']
export type ScanLine = Schemas['LineOut']
export type Device = Schemas['Device']
export type DeviceAddress = Schemas['DeviceAddress']
export type Fact = Schemas['Fact']
export type Port = Schemas['Port']
export type Observation = Schemas['Observation']
export type Change = Schemas['Change']
export type ChangeKind = Schemas['Change']['kind']
export type Since = Schemas['Since']
export type Facet = Schemas['Facet']
export type DeviceFacets = Schemas['DeviceFacets']
export type Tag = Schemas['Tag']
export type SearchHit = Schemas['SearchHit']
export type Overview = Schemas['Overview']
export type Monitor = Schemas['Monitor']
export type MonitorState = Schemas['Monitor']['state']
export type MonitorBody = Schemas['MonitorBody']
export type MonitorFacets = Schemas['MonitorFacets']
export type MonitoringPlugin = Schemas['Plugin']
export type CredentialProfile = Schemas['CredentialProfile']
export type Extension = Schemas['Extension']
export type Reason = NonNullable<Monitor['reason']>
export type CheckPhase = Schemas['CheckPhase']
export type CheckTried = Schemas['CheckTried']
export type Failure = Schemas['Failure']
export type Recheck = Schemas['Recheck']
export type StateInterval = Schemas['StateInterval']
export type Schedule = Schemas['Schedule']
export type MetricsHistory = Schemas['History']
export type SamplesHistory = Schemas['SampleHistory']
export type Series = Schemas['SeriesOut']
export type LatestMetrics = Schemas['Latest']
export type SparkLine = Schemas['Sparkline']

/** `/status` lies outside the API document; what needs a login is left out for others. */
export type Status = {
  version: string
  commit?: string | null
  storage?: { engine: string; version: string; level: 'plain' | 'timescale' | 'timescale-apache' }
  capabilities?: { raw_sockets: boolean; nmap_version: string | null; limitations?: string[] }
  limits?: Record<string, unknown>
  polling?: { storage_away_since: string | null; waiting: number; lost: number } | null
  started_at?: string
  uptime_s?: number
}
