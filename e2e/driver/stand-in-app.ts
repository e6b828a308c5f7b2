import { type Browser, chromium, type Page } from '@playwright/test'
import type { EvaluateRequest, FromStandIn } from '../electron-stand-in/control.js'
import { ChildProgram } from './child-program.js'
import type { ElectronApp, ElectronModule } from './electron-app.js'
import { cleanEnvironment, node, root } from './environment.js'
import { hostAddress } from './host-file.js'
import { type HostAddress, type HostPlace, whenReady } from './host-process.js'

const REGISTER = './e2e/electron-stand-in/register.mjs'
const WINDOW_ADDRESS = /^https:\/\/[^/]+\.app\.stand-in\//

type Answer = Extract<FromStandIn, { id: number }>

/** A process that runs the built app on the stand-in for Electron. */
export function spawnStandIn(place: HostPlace): ChildProgram {
  const places = ['--data-dir', place.dataDirectory, '--workspace', place.workspace]
  return new ChildProgram(
    'the app on the stand-in',
    node,
    ['--import', REGISTER, 'out/main/index.js', ...places, ...(place.args ?? [])],
    {
      cwd: root,
      env: cleanEnvironment(place.env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
}

export async function startStandInApp(place: HostPlace): Promise<ElectronApp> {
  const program = spawnStandIn(place)
  const endpoint = await program.before('its browser was ready', endpointOf(program))
  const browser = await program.before('its browser answered', chromium.connectOverCDP(endpoint))
  return new StandInProcess(program, browser, place)
}

class StandInProcess implements ElectronApp {
  readonly kind = 'electron'
  readonly #program: ChildProgram
  readonly #browser: Browser
  readonly #place: HostPlace
  readonly #answers = new Map<number, (answer: Answer) => void>()
  #nextId = 1

  constructor(program: ChildProgram, browser: Browser, place: HostPlace) {
    this.#program = program
    this.#browser = browser
    this.#place = place
    program.child.on('message', (message: FromStandIn) => {
      if (message.kind === 'ready') return
      this.#answers.get(message.id)?.(message)
      this.#answers.delete(message.id)
    })
  }

  get pid(): number {
    return this.#program.pid
  }

  address(): Promise<HostAddress> {
    return this.#program.before('it could serve', hostAddress(this.#place, this.#program))
  }

  async window(): Promise<Page> {
    const [context] = this.#browser.contexts()
    if (context === undefined) throw this.#program.failure('has no browser context')
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: 0 }))
    await page.waitForURL(WINDOW_ADDRESS)
    return page
  }

  async open(): Promise<Page> {
    return whenReady(await this.window())
  }

  async evaluate<R, A>(
    act: (electron: ElectronModule, arg: A) => R | Promise<R>,
    arg: A,
  ): Promise<R> {
    const id = this.#nextId++
    const answered = new Promise<Answer>((resolve) => this.#answers.set(id, resolve))
    const request: EvaluateRequest = { kind: 'evaluate', id, source: act.toString(), arg }
    this.#program.child.send(request)
    const answer = await this.#program.before('it answered the test', answered)
    if (answer.kind === 'error') throw new Error(`in the app: ${answer.message}`)
    return answer.value as R
  }

  async ended(): Promise<number | null> {
    await this.#program.ended()
    return this.#program.exitCode
  }

  async kill(): Promise<void> {
    await this.#program.kill()
    await this.#browser.close()
  }

  async stop(): Promise<void> {
    await this.#program.end()
    await this.#browser.close()
  }
}

function endpointOf(program: ChildProgram): Promise<string> {
  return new Promise((resolve) => {
    program.child.on('message', (message: FromStandIn) => {
      if (message.kind === 'ready') resolve(message.endpoint)
    })
  })
}
