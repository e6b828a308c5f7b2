import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HostProcess } from '../support/host-process.js'
import { git, repositoryWith } from '../support/sample-repository.js'
import { SequentialIds } from '../support/sequential-ids.js'
import { course, reports, TeamProvider } from '../support/team-provider.js'

/** Crashes of the host at random points; `npm run soak` raises it to hundreds. */
const ROUNDS = Number(process.env['SMART_AGENTS_TEST_CRASH_ROUNDS'] ?? 2)
/** Events, stored and live, that one undisturbed run gives, about. */
const EVENTS = 110

let folder: string
let workspace: string
let provider: TeamProvider
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'team-crash-')))
  workspace = repositoryWith(join(folder, 'workspace'), { 'readme.md': 'begin\n' })
  provider = await TeamProvider.start()
})
afterEach(async () => {
  await provider[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const writes = (path: string) => ({
  calls: [['write_file', { path, content: `${path}\n` }]] as const,
})
const part = (key: string, agent: string, dependsOn: readonly string[] = []) => ({
  ...{ key, title: key, description: `Write ${key}.txt`, agent, dependsOn },
  checks: [{ kind: 'file', path: `${key}.txt` }],
})

/** Two write a file each at the same time, the third needs both; the last one lies at first. */
function script(): void {
  const parts = [
    part('one', 'backend-developer'),
    part('two', 'frontend-developer'),
    part('three', 'test-engineer', ['one', 'two']),
  ]
  provider.plays('lead', course({ calls: [['run_plan', { parts }]] }, reports('# All is there')))
  provider.plays('backend-developer', course(writes('one.txt'), reports('wrote it')))
  provider.plays('frontend-developer', course(writes('two.txt'), reports('wrote it')))
  provider.plays(
    'test-engineer',
    course(reports('wrote it'), writes('three.txt'), reports('now I did')),
  )
}

const start = () =>
  HostProcess.start({ dataDirectory: join(folder, 'data'), workspace, env: provider.env })

describe('kill -9 of the host in the middle of a team’s work', () => {
  const random = new SequentialIds(20_261_127)
  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: the plan is made once, every part is done once, and the work is there',
    async () => {
      script()
      let host = await start()
      await host.client.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
      await host.client.call('events.subscribe', {})
      let left = 1 + Math.floor(random.random() * EVENTS)
      const dying = new Promise<void>((resolve) => {
        host.client.onEvent(() => {
          left -= 1
          if (left === 0) resolve()
        })
      })
      const { taskId } = await host.client.call('task.submit', {
        type: 'orchestration',
        description: 'have three files',
      })
      const ended = host.client.call('task.result', { taskId, waitMs: 60_000 }).catch(() => null)
      await Promise.race([dying, ended])
      await host.kill()

      host = await start()
      const result = await host.client.call('task.result', { taskId, waitMs: 60_000 })
      expect(result).toMatchObject({ success: true, output: '# All is there' })
      const { plans } = await host.client.call('plan.list', { taskId })
      expect(plans.map(({ state, parts }) => [state, parts.map((each) => each.state)])).toEqual([
        ['settled', ['completed', 'completed', 'completed']],
      ])
      const { tasks } = await host.client.call('task.list', { parentId: taskId })
      expect(tasks).toHaveLength(3)
      await host.client.call('change.apply', { taskId })
      for (const name of ['one.txt', 'two.txt', 'three.txt']) {
        expect(readFileSync(join(workspace, name), 'utf8')).toBe(`${name}\n`)
      }
      expect(git(workspace, 'status', '--porcelain')).toBe('')
      expect(git(workspace, 'worktree', 'list').trim().split('\n')).toHaveLength(1)
      await host.stop()
    },
    90_000,
  )
})
