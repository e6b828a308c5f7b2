import path from 'node:path'
import { Rpc } from './rpc.mjs'
import { PRELOAD, WatchedProcess } from './watched-process.mjs'

export const root = path.join(import.meta.dirname, '../..')
const KEPT =
  /^(PATH|HOME|LANG|LC_.*|TMPDIR|TEMP|TMP|SystemRoot|windir|COMSPEC|PATHEXT|SMART_AGENTS_CHROMIUM)$/i

/**
 * What a host gets of this environment: no key, no setting.
 *
 * @param {Record<string, string>} [own]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(own = {}) {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name))
  return { ...Object.fromEntries(kept), ...own }
}

/**
 * @typedef {{ dataDirectory: string, workspace: string, env?: Record<string, string> }} Place
 * @typedef {{ url: string, wsUrl: string, token: string, pid: number }} Address
 * @typedef {{ process: WatchedProcess, address: Address, readyMs: number, rpc: Rpc, answeredMs: number }} RunningHost
 *   `readyMs` until the host said that it can serve, `answeredMs` until it had answered a request
 */

/**
 * Starts the built browser host.
 *
 * @param {Place} place
 * @param {{ program?: 'host' | 'command', watched?: boolean }} [options] `command` starts it as a person does, by
 *   `smart-agents serve`; `watched` measures its event loop, and needs `host`
 * @returns {Promise<RunningHost>}
 */
export async function startHost(place, { program = 'host', watched = false } = {}) {
  const script = program === 'host' ? ['out/main/server.js'] : ['bin/smart-agents.mjs', 'serve']
  const { dataDirectory, workspace, env } = place
  const args = [...script, '--json', '--data-dir', dataDirectory, '--workspace', workspace]
  const preload = watched ? ['--import', PRELOAD] : []
  const host = new WatchedProcess('the host', [...preload, ...args], {
    cwd: root,
    env: cleanEnvironment(env),
  })
  try {
    const line = await host.firstLine()
    const readyMs = host.age
    /** @type {Address} */
    const address = JSON.parse(line)
    const rpc = await host.before(Rpc.connect(address))
    await host.before(rpc.call('system.health'))
    return { process: host, address, readyMs, rpc, answeredMs: host.age }
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** @param {RunningHost} host */
export async function stopHost({ rpc, process: host }) {
  rpc.close()
  await host.stop()
}
