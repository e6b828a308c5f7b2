import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { RpcClient } from '../../src/shared/rpc/client.js'
import { releaseOwner, trackOwner } from './leak-check.js'
import { openTestSocket } from './rpc-websocket-client.js'

const SERVER = resolve(import.meta.dirname, '../../out/main/server.js')

export interface HostProcessOptions {
  readonly dataDirectory: string
  readonly workspace: string
  readonly env?: Readonly<Record<string, string>>
}

/** The built browser host in a process of its own, with a client of it. */
export class HostProcess {
  readonly client: RpcClient
  readonly #child: ChildProcess
  readonly #owner: ReturnType<typeof trackOwner>

  private constructor(child: ChildProcess, client: RpcClient) {
    this.client = client
    this.#child = child
    this.#owner = trackOwner(`host ${child.pid}`, () => this.kill())
  }

  /** Resolves when it can serve. @throws Error with what it said instead */
  static async start(options: HostProcessOptions): Promise<HostProcess> {
    const { dataDirectory, workspace, env } = options
    const args = [SERVER, '--json', '--data-dir', dataDirectory, '--workspace', workspace]
    const child = spawn(process.execPath, args, {
      env: { ...withoutSettings(process.env), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const ready: { wsUrl?: string; token?: string } = JSON.parse(String(line))
    if (ready.wsUrl === undefined) throw new Error(`the host does not serve: ${String(line)}`)
    const { transport } = await openTestSocket(`${ready.wsUrl}?token=${ready.token ?? ''}`)
    const client = new RpcClient(transport)
    return new HostProcess(child, client)
  }

  /** As a power cut for the process: it can do nothing more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
    }
    this.client.close()
    releaseOwner(this.#owner)
    return child.exitCode
  }
}

/** A key or a model of whoever runs the tests must not reach them. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(ANTHROPIC|SMART_AGENTS_(?!TEST))/.test(name)),
  )
}
