import type { SpawnOptions } from 'node:child_process'
import { createRequire } from 'node:module'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { ChildProgram } from './child-program.js'
import type { ElectronApp, ElectronModule } from './electron-app.js'
import { cleanEnvironment, root } from './environment.js'
import { hostAddress } from './host-file.js'
import { type HostAddress, type HostPlace, whenReady } from './host-process.js'

const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0

const executablePath = (): string => createRequire(import.meta.url)('electron')

function argsFor(place: HostPlace): string[] {
  const places = ['--data-dir', place.dataDirectory, '--workspace', place.workspace]
  return [...(isRootOnLinux ? ['--no-sandbox'] : []), root, ...places, ...(place.args ?? [])]
}

/** A process that runs the built app and is not looked into. */
export function spawnRealApp(place: HostPlace): ChildProgram {
  const env = cleanEnvironment(place.env)
  const options: SpawnOptions = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }
  return new ChildProgram('the app', executablePath(), argsFor(place), options)
}

/** Starts the built app in the Electron that is installed. */
export async function startRealApp(place: HostPlace): Promise<ElectronApp> {
  const application = await _electron.launch({
    executablePath: executablePath(),
    args: argsFor(place),
    cwd: root,
    env: Object.fromEntries(
      Object.entries(cleanEnvironment(place.env)).map(([name, value]) => [name, value ?? '']),
    ),
  })
  const pid = await application.evaluate(() => process.pid)
  return new RealProcess(application, pid, place)
}

class RealProcess implements ElectronApp {
  readonly kind = 'electron'
  readonly pid: number
  readonly #place: HostPlace
  readonly #application: ElectronApplication
  readonly #ended: Promise<number | null>

  constructor(application: ElectronApplication, pid: number, place: HostPlace) {
    this.#application = application
    this.pid = pid
    this.#place = place
    this.#ended = new Promise((resolve) => application.process().once('exit', resolve))
  }

  address(): Promise<HostAddress> {
    return hostAddress(this.#place, this)
  }

  window(): Promise<Page> {
    return this.#application.firstWindow()
  }

  async open(): Promise<Page> {
    return whenReady(await this.window())
  }

  async evaluate<R, A>(
    act: (electron: ElectronModule, arg: A) => R | Promise<R>,
    arg: A,
  ): Promise<R> {
    // Playwright's own type of what it hands in is a subset of the module, which it hands in whole.
    const inApp = act as unknown as (electron: object, arg: unknown) => R | Promise<R>
    return this.#application.evaluate(inApp, arg as unknown)
  }

  ended(): Promise<number | null> {
    return this.#ended
  }

  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL')
    await this.#ended
  }

  async stop(): Promise<void> {
    await this.#application.close()
  }
}
