import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  acquireOwnership,
  type Clock,
  type Core,
  createCore,
  type DoNotDisturb,
  type Logger,
  type Secrets,
} from '../core/index.js'
import { createDispatcher, type Dispatcher } from '../rpc/dispatcher.js'
import { createHandlers } from '../rpc/handlers.js'
import { type HostInfo, readHostFile, removeHostFile, writeHostFile } from './host-file.js'
import { childEnvironment } from './node-ports/child-environment.js'
import { createFileSecrets } from './node-ports/file-secrets.js'
import { hostTimezone } from './node-ports/host-timezone.js'
import { readMachineDetails } from './node-ports/machine-details.js'
import { startMachineGauge } from './node-ports/machine-gauge.js'
import { createOrderedIds } from './node-ports/ordered-ids.js'
import { createPinoLogger } from './node-ports/pino-logger.js'
import { createProcessRunner } from './node-ports/process-runner.js'
import { createSystemClock } from './node-ports/system-clock.js'
import { startServer } from './start-server.js'
import { readUsualPort, writeUsualPort } from './usual-port.js'

type Environment = Readonly<Record<string, string | undefined>>

export interface HostOptions {
  readonly kind: 'electron' | 'server'
  readonly version: string
  /** Folder of this program; its tools are kept from the commands of a person. */
  readonly programRoot: string
  /** Built pages of the app. */
  readonly rendererDirectory: string
  /** Absolute. */
  readonly dataDirectory: string
  /** Absolute. */
  readonly workspace: string
  readonly environment: Environment
  /** 0 for any free one. */
  readonly port: number
  /** A loopback address. */
  readonly address: string
  /** BCP 47 tags that the person prefers; default: as the environment says. */
  readonly languages?: () => readonly string[]
  /** What asks the system whether the person is to be left in peace; default: nobody does. */
  readonly openDoNotDisturb?: (
    clock: Clock,
    logger: Logger,
  ) => DoNotDisturb & { stop(): Promise<void> }
  /** Where keys are kept; default: a file in the data directory. */
  readonly openSecrets?: (dataDirectory: string, logger: Logger) => Secrets | Promise<Secrets>
}

/** A core that is served: the owner of a data directory and of all that runs for it. */
export interface Host {
  readonly info: HostInfo
  readonly core: Core
  readonly dispatcher: Dispatcher
  readonly logger: Logger
  /** Ends what runs, closes everything and gives the data directory free. */
  stop(): Promise<void>
}

export type StartedHost =
  | { readonly kind: 'owner'; readonly host: Host }
  /** Another process owns the data directory; null where it has not said yet how to reach it. */
  | { readonly kind: 'owned'; readonly by: HostInfo | null }

/**
 * Starts a host. What was started when something fails is stopped again, in reverse order; `stop`
 * does the same.
 * @throws AppError that says what cannot be used, and what to do
 */
export async function startHost(options: HostOptions): Promise<StartedHost> {
  const { dataDirectory } = options
  const ownership = acquireOwnership(dataDirectory)
  if (ownership === null) return { kind: 'owned', by: readHostFile(dataDirectory) }
  const stack = new AsyncDisposableStack()
  stack.defer(() => ownership.release())
  try {
    const host = await startOwner(options, stack)
    let stopped: Promise<void> | null = null
    const stop = () => {
      stopped ??= stack.disposeAsync()
      return stopped
    }
    return { kind: 'owner', host: { ...host, stop } }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function startOwner(
  options: HostOptions,
  stack: AsyncDisposableStack,
): Promise<Omit<Host, 'stop'>> {
  const { dataDirectory, environment, kind, version } = options
  const startedAt = Date.now()
  const token = randomBytes(24).toString('base64url')
  const logger = createPinoLogger({ dataDirectory })
  stack.defer(() => logger.close())
  logger.hide(token)
  const apiKey = nonEmpty(environment.ANTHROPIC_API_KEY)
  if (apiKey !== null) logger.hide(apiKey)
  const gauge = startMachineGauge(logger)
  stack.defer(() => gauge.stop())
  const openSecrets = options.openSecrets ?? createFileSecrets
  const forChildren = childEnvironment(environment, { programRoot: options.programRoot })
  const clock = createSystemClock()
  const doNotDisturb = options.openDoNotDisturb?.(clock, logger)
  stack.defer(() => doNotDisturb?.stop())
  const core = createCore({
    ports: {
      clock,
      ids: createOrderedIds(),
      logger,
      processes: createProcessRunner({ logger, environment: () => forChildren }),
      gauge,
      secrets: await openSecrets(dataDirectory, logger),
      ...(doNotDisturb === undefined ? {} : { doNotDisturb }),
    },
    dataDirectory,
    workers: join(options.programRoot, 'out/main'),
    resourcesDirectory: join(options.programRoot, 'resources'),
    workspace: options.workspace,
    homeDirectory: homedir(),
    timezone: hostTimezone(),
    languages: options.languages?.() ?? [new Intl.DateTimeFormat().resolvedOptions().locale],
    environment: {
      apiKey,
      baseUrl: nonEmpty(environment.ANTHROPIC_BASE_URL),
      model: nonEmpty(environment.SMART_AGENTS_MODEL),
    },
  })
  stack.defer(() => core.stop())
  await core.start()
  const facts = {
    kind,
    version,
    pid: process.pid,
    startedAt,
    machineDetails: readMachineDetails,
  }
  const handlers = createHandlers(core, facts)
  const dispatcher = createDispatcher({ handlers, events: core.events, logger })
  const reach = { host: options.address, usualPort: readUsualPort(dataDirectory), token }
  const server = await startServer({ ...options, ...reach, dispatcher, logger })
  stack.defer(() => server.stop())
  writeUsualPort(dataDirectory, server.port)
  stack.defer(() => dispatcher.close('the host has ended'))
  const info = { url: server.url, wsUrl: server.wsUrl, token, pid: process.pid, startedAt }
  writeHostFile(dataDirectory, info)
  stack.defer(() => removeHostFile(dataDirectory))
  logger.info({ wsUrl: server.wsUrl, kind, version }, 'serving')
  stack.defer(() => logger.info({}, 'stopping'))
  return { info, core, dispatcher, logger }
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value
}
