import type { ResultOf } from '../../shared/rpc/contract.js'
import type { Core } from '../core/index.js'
import { agentHandlers, mailHandlers } from './agent-handlers.js'
import { chatHandlers } from './chat-handlers.js'
import type { Handlers, Part } from './handler.js'
import { historyHandlers } from './history-handlers.js'
import { inboxHandlers } from './inbox-handlers.js'
import { notificationHandlers } from './notification-handlers.js'
import { settingsHandlers } from './settings-handlers.js'
import { DEFAULT_DAYS, statsHandlers } from './stats-handlers.js'
import { taskHandlers } from './task-handlers.js'
import { teamHandlers } from './team-handlers.js'

/** What a host says of itself in `system.health`. */
export interface HostFacts {
  readonly kind: 'electron' | 'server' | 'memory'
  readonly version: string
  readonly pid: number
  /** Epoch ms. */
  readonly startedAt: number
  readonly machineDetails: () => Promise<ResultOf<'system.details'>>
}

/** Every method of the contract, as one call of core. */
export function createHandlers(core: Core, host: HostFacts): Handlers {
  return {
    ...chatHandlers(core),
    ...historyHandlers(core),
    ...taskHandlers(core),
    ...queueHandlers(core),
    ...scheduleHandlers(core),
    ...agentHandlers(core),
    ...definitionHandlers(core),
    ...mailHandlers(core),
    ...teamHandlers(core),
    ...inboxHandlers(core),
    ...statsHandlers(core),
    ...notificationHandlers(core),
    ...settingsHandlers(core),
    ...systemHandlers(core, host),
  }
}

function queueHandlers({ queue }: Core): Part<'queue'> {
  return {
    'queue.state': () => queue.state(),
    'queue.pause': () => queue.pause(),
    'queue.resume': () => queue.resume(),
    'queue.drain': () => queue.drain(),
    'queue.clear': () => ({ cancelled: queue.clear() }),
    'queue.stats': ({ days = DEFAULT_DAYS }) => queue.stats(days),
    'queue.limits.get': () => queue.limits,
    'queue.limits.set': (change) => queue.setLimits(change),
  }
}

function scheduleHandlers({ queue: { schedules }, events }: Core): Part<'schedule'> {
  return {
    'schedule.list': () => ({ schedules: schedules.list(), seq: events.lastSeq() }),
    'schedule.get': ({ scheduleId }) => ({ schedule: schedules.get(scheduleId) }),
    'schedule.pause': ({ scheduleId }) => ({ schedule: schedules.pause(scheduleId) }),
    'schedule.resume': ({ scheduleId }) => ({ schedule: schedules.resume(scheduleId) }),
    'schedule.run': ({ scheduleId }) => {
      const taskId = schedules.run(scheduleId)
      return { taskId, schedule: schedules.get(scheduleId) }
    },
    'schedule.delete': ({ scheduleId }) => {
      schedules.delete(scheduleId)
      return { scheduleId }
    },
  }
}

function definitionHandlers(core: Core): Part<'agent'> {
  return {
    'agent.definitions': async ({ workspace }) => {
      const { definitions, problems } = await core.definitions(workspace)
      const views = definitions.map(({ name, description, tools, model, source, path }) => {
        return { name, description, tools, model, source, path }
      })
      return { definitions: views, problems: [...problems] }
    },
    'agent.select': async ({ description, workspace }) => {
      const { candidates, ...choice } = await core.orchestrator.selectAgent(description, workspace)
      return { ...choice, candidates: [...candidates] }
    },
  }
}

function systemHandlers(core: Core, host: HostFacts): Part<'system'> {
  return {
    'system.health': () => {
      const { model, workspace } = core.settings.view()
      return {
        status: 'ok',
        version: host.version,
        pid: host.pid,
        host: host.kind,
        startedAt: host.startedAt,
        dataDirectory: core.dataDirectory,
        workspace,
        seq: core.events.lastSeq(),
        model,
        machine: core.queue.state().machine,
        quarantined: core.quarantined(),
      }
    },
    'system.details': () => host.machineDetails(),
    'system.machineHistory': ({ since }) => ({ points: core.machineHistory.read(since) }),
  }
}
