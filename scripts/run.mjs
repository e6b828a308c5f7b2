import { spawn } from 'node:child_process'

/**
 * Runs a program to its end, or kills it and everything that it started when the time is up.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ limitMs: number, cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} options
 *   `quiet`: keep the output for the answer in place of showing it
 * @returns {Promise<{ code: number | null, timedOut: boolean, output: string }>}
 *   `code` is null when the program was killed or could not be started
 */
export async function run(command, args, { limitMs, cwd, env, quiet = false }) {
  const isWindows = process.platform === 'win32'
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    // A group of its own, so that it can be killed as a whole.
    detached: !isWindows,
  })
  /** @param {NodeJS.Signals} signal */
  const killAll = (signal) => {
    if (child.pid === undefined || child.exitCode !== null) return
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(-child.pid, signal)
  }
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output += chunk
  })
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    killAll('SIGKILL')
  }, limitMs)
  // The group does not get the terminal's Ctrl-C by itself. Once it has ended, this process ends the same way.
  /** @type {NodeJS.Signals | undefined} */
  let interruptedBy
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    interruptedBy = signal
    killAll(signal)
  }
  process.on('SIGINT', passOn)
  process.on('SIGTERM', passOn)
  try {
    const code = await new Promise((resolve) => {
      child.once('error', (error) => {
        output += error.message
        resolve(null)
      })
      child.once(quiet ? 'close' : 'exit', (exitCode) => resolve(exitCode))
    })
    return { code: timedOut ? null : code, timedOut, output }
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', passOn)
    process.off('SIGTERM', passOn)
    if (interruptedBy !== undefined) process.kill(process.pid, interruptedBy)
  }
}
