import type { BrowserContext } from '@playwright/test'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import { startBrowserHost } from './browser-host.js'
import type { ChildProgram } from './child-program.js'
import type { ElectronApp } from './electron-app.js'
import type { HostPlace, HostProcess } from './host-process.js'
import { spawnRealApp, startRealApp } from './real-electron-app.js'
import { connectRpc } from './rpc-socket.js'
import { spawnStandIn, startStandInApp } from './stand-in-app.js'

const isReal = process.env['SMART_AGENTS_E2E_ELECTRON'] === 'real'

function startApp(place: HostPlace): Promise<ElectronApp> {
  return isReal ? startRealApp(place) : startStandInApp(place)
}

/** The hosts of one test, on one data directory: started, killed and started again. */
export class Hosts {
  readonly place: HostPlace
  readonly #kind: HostProcess['kind']
  readonly #context: BrowserContext
  readonly #started: HostProcess[] = []
  readonly #clients: RpcClient[] = []

  constructor(kind: HostProcess['kind'], place: HostPlace, context: BrowserContext) {
    this.#kind = kind
    this.place = place
    this.#context = context
  }

  /** Starts a host of the kind that the project is about. */
  async start(): Promise<HostProcess> {
    return this.#kind === 'electron' ? this.startApp() : this.startServer()
  }

  async startApp(place: HostPlace = this.place): Promise<ElectronApp> {
    return this.#owned(await startApp(place))
  }

  async startServer(): Promise<HostProcess> {
    return this.#owned(await startBrowserHost(this.place, this.#context))
  }

  /** Starts the app where it ends by itself: as a second one, or where it cannot start. */
  async runAppToItsEnd(place: HostPlace = this.place): Promise<ChildProgram> {
    const program = isReal ? spawnRealApp(place) : spawnStandIn(place)
    await program.ended()
    return program
  }

  /** A connection as other programs have it; closed with the test. */
  async connect(host: HostProcess): Promise<RpcClient> {
    const client = await connectRpc(await host.address())
    this.#clients.push(client)
    return client
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close()
    const failures: unknown[] = []
    for (const host of this.#started.toReversed()) {
      await host.stop().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'a host did not stop')
  }

  #owned<H extends HostProcess>(host: H): H {
    this.#started.push(host)
    return host
  }
}
