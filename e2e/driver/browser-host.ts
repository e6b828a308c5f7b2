import { createInterface } from 'node:readline'
import type { BrowserContext } from '@playwright/test'
import { ChildProgram } from './child-program.js'
import { cleanEnvironment, node, root } from './environment.js'
import { type HostPlace, type HostProcess, whenReady } from './host-process.js'

interface ReadyLine {
  readonly url: string
  readonly wsUrl: string
  readonly token: string
  readonly pid: number
}

/** Starts `smart-agents serve`; its pages are pages of `context`. */
export async function startBrowserHost(
  place: HostPlace,
  context: BrowserContext,
): Promise<HostProcess> {
  const { dataDirectory, workspace } = place
  const places = ['--data-dir', dataDirectory, '--workspace', workspace]
  const args = ['bin/smart-agents.mjs', 'serve', '--json', ...places]
  const program = new ChildProgram('smart-agents serve', node, args, {
    cwd: root,
    env: cleanEnvironment(place.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ready = await program.before('it could serve', firstLine(program))
  return {
    kind: 'browser',
    pid: ready.pid,
    address: async () => ({ wsUrl: ready.wsUrl, token: ready.token }),
    open: async () => {
      const page = await context.newPage()
      await page.goto(ready.url)
      return whenReady(page)
    },
    kill: () => program.kill(),
    stop: () => program.end(),
  }
}

function firstLine(program: ChildProgram): Promise<ReadyLine> {
  const { stdout } = program.child
  if (stdout === null) throw program.failure('has no standard output')
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once('line', (line) => {
      try {
        resolve(JSON.parse(line))
      } catch {
        reject(program.failure('printed something else than its address'))
      }
    })
  })
}
