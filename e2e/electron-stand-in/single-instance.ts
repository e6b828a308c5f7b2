import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What a second start hands to the first. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
}

const SIGNAL = 'SIGUSR2'

/**
 * Electron's lock is taken synchronously, which rules out sockets: the first start leaves its pid
 * in a file, a later one leaves a note beside it and sends a signal.
 *
 * @returns whether this process is the first that lives
 */
export function takeLock(userData: string, onSecond: (second: SecondInstance) => void): boolean {
  const folder = path.join(userData, 'single-instance')
  const lock = path.join(folder, 'pid')
  mkdirSync(folder, { recursive: true })
  const owner = createExclusively(lock)
  if (owner !== null) {
    const second: SecondInstance = { argv: process.argv, workingDirectory: process.cwd() }
    writeFileSync(path.join(folder, `second-${process.pid}.json`), JSON.stringify(second))
    process.kill(owner, SIGNAL)
    return false
  }
  process.on(SIGNAL, () => {
    for (const name of readdirSync(folder).filter((file) => file.startsWith('second-'))) {
      const file = path.join(folder, name)
      onSecond(JSON.parse(readFileSync(file, 'utf8')))
      rmSync(file)
    }
  })
  process.once('exit', () => rmSync(lock, { force: true }))
  return true
}

/** The pid of a live owner; null when the lock is now ours. */
function createExclusively(lock: string): number | null {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return null
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = Number(readFileSync(lock, 'utf8'))
    if (isAlive(owner)) return owner
    rmSync(lock, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // Killed without having removed its lock.
    return false
  }
}
