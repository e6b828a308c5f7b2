export { type Core, type CoreOptions, type CorePorts, createCore } from './create-core.js'
export type { EventListener, EventSource } from './events/event-source.js'
export type {
  Clock,
  DoNotDisturb,
  Ids,
  Logger,
  MachineGauge,
  ProcessEnd,
  ProcessIdentity,
  ProcessRunner,
  Secrets,
  SpawnRequest,
  Timer,
} from './ports.js'
export type { EnvironmentSettings } from './settings/settings-service.js'
export { acquireOwnership, type Ownership } from './store/data-directory.js'
