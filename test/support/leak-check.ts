/**
 * Fails tests that leave something behind. Two checks, on every test file:
 *
 * - Owners: a test, or the helper that it calls, names what it started with `trackOwner` and takes the name back with
 *   `releaseOwner` once it is stopped. What is still there after a test is stopped, and the test fails. Timers and
 *   sockets are not looked for one by one: they belong to an owner, whose `stop` ends them.
 * - Processes: after a test file, processes that it started, also through others, must be gone. They are known by an
 *   environment variable, so only on Linux and only where the child was given the environment of the test.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach } from 'vitest'

interface Owner {
  readonly name: string
  readonly stop: () => unknown
}

const owners = new Set<Owner>()

/** Says that something was started that has to be stopped. The answer is the key for `releaseOwner`. */
export function trackOwner(name: string, stop: () => unknown): Owner {
  const owner = { name, stop }
  owners.add(owner)
  return owner
}

/** Says that it was stopped. Harmless when it was said before. */
export function releaseOwner(owner: Owner): void {
  owners.delete(owner)
}

/** Stops whatever is still tracked, the youngest first, and answers with the names. */
export async function stopLeakedOwners(): Promise<readonly string[]> {
  const leaked = [...owners].reverse()
  owners.clear()
  for (const owner of leaked) await owner.stop()
  return leaked.map((owner) => owner.name)
}

const MARKER = 'SMART_AGENTS_TEST_FILE'
const marker = `${process.pid}-${performance.timeOrigin}-${performance.now()}`
process.env[MARKER] = marker

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended in between, or belongs to somebody else.
    return ''
  }
}

/** Processes started under this test file, as `pid command`. A zombie has no environment and does not count. */
export function markedProcesses(): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => readProc(pid, 'environ').split('\0').includes(`${MARKER}=${marker}`))
    .map((pid) => `${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()}`)
}

const GRACE_MS = 2000

afterEach(async () => {
  const leaked = await stopLeakedOwners()
  if (leaked.length > 0)
    throw new Error(`The test did not stop what it started: ${leaked.join(', ')}`)
})

afterAll(async () => {
  // A killed process needs a moment to disappear; that it does is all that is waited for.
  const deadline = performance.now() + GRACE_MS
  let alive = markedProcesses()
  while (alive.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    alive = markedProcesses()
  }
  for (const line of alive) process.kill(Number.parseInt(line, 10), 'SIGKILL')
  if (alive.length > 0) {
    throw new Error(`Processes outlived the tests that started them:\n${alive.join('\n')}`)
  }
})
