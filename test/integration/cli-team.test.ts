import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CheckpointId, PlanId, TaskId } from '../../src/shared/model/ids.js'
import type { Plan } from '../../src/shared/model/plan.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_lead')
const planId = PlanId.parse('plan_1')
const plan: Plan = {
  id: planId,
  taskId,
  round: 1,
  state: 'proposed',
  goal: 'the goal',
  createdAt: 1,
  parts: [
    {
      ...{ key: 'api', title: 'The\u001b[31m API', description: 'Write it.', agent: 'backend' },
      ...{ reason: 'Named in the plan.', dependsOn: [], checks: [] },
    },
    {
      ...{ key: 'tests', title: 'Tests', description: 'Test it.', agent: 'test-engineer' },
      ...{ reason: 'It is tests: test.', dependsOn: ['api'] },
      checks: [{ kind: 'command', command: 'npm test' }],
    },
  ],
}

let dataDirectory: string
let host: ScriptedHost
beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-team-'))
  host = await ScriptedHost.start(dataDirectory)
  host.answer('plan.list', () => ({ plans: [plan], seq: 1 }))
})
afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

const run = (...argv: string[]) => cli(argv, { dataDirectory })

describe('plan', () => {
  it('shows parts, agents, order and checks', async () => {
    const { stdout, exitCode } = await run('plan', 'show', taskId)
    expect(exitCode).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'Plan plan_1, round 1, 2 parts: waits for your approval',
      '  - api: The API',
      '      backend. Named in the plan.',
      '  - tests: Tests',
      '      test-engineer. It is tests: test.',
      '      After: api',
      '      Checks: npm test',
      '',
    ])
  })

  it('approves and rejects the one that waits', async () => {
    host.answer('plan.approve', () => ({ plan: { ...plan, state: 'running' } }))
    host.answer('plan.reject', () => ({ plan: { ...plan, state: 'rejected' } }))
    expect((await run('plan', 'approve', taskId)).stdout).toMatch(/^Plan approved: plan_1\n/)
    const rejected = await run('plan', 'reject', taskId, '--reason', 'too small')
    expect(rejected.stdout).toMatch(/^Plan rejected: plan_1\n/)
    expect(host.calls.at(-1)).toEqual({
      method: 'plan.reject',
      params: { planId, reason: 'too small' },
    })
    host.answer('plan.list', () => ({ plans: [{ ...plan, state: 'settled' }], seq: 1 }))
    expect(await run('plan', 'approve', taskId)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('has no plan that waits for approval'),
    })
  })

  it('takes back what it showed, changed', async () => {
    host.answer('plan.update', () => ({ plan }))
    const shown = await run('plan', 'show', taskId, '--json')
    const { parts } = JSON.parse(shown.stdout).plans[0]
    const edited = await cli(['plan', 'edit', taskId, '-'], {
      dataDirectory,
      input: JSON.stringify(parts.slice(0, 1)),
    })
    expect(edited.exitCode).toBe(0)
    expect(host.calls.at(-1)).toEqual({
      method: 'plan.update',
      params: {
        planId,
        parts: [
          {
            ...{ key: 'api', title: 'The\u001b[31m API', description: 'Write it.' },
            ...{ agent: 'backend', dependsOn: [], checks: [] },
          },
        ],
      },
    })
    const wrong = await cli(['plan', 'edit', taskId, '-'], { dataDirectory, input: '[{}]' })
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('[0].key') })
  })
})

describe('checkpoint', () => {
  const checkpoint = {
    id: CheckpointId.parse('chk_1'),
    taskId,
    name: 'before the API',
    createdAt: 1,
    parts: { completed: 1, open: 2 },
    workspaces: 3,
  }

  it('saves, lists, restores and deletes', async () => {
    host.answer('checkpoint.create', () => ({ checkpoint }))
    host.answer('checkpoint.list', () => ({ checkpoints: [checkpoint], seq: 1 }))
    host.answer('checkpoint.restore', () => ({ taskId: TaskId.parse('task_new') }))
    host.answer('checkpoint.delete', () => ({ checkpointId: checkpoint.id }))
    const saved = await run('checkpoint', 'create', taskId, '--name', 'before the API')
    expect(saved.stdout).toBe('Checkpoint saved: chk_1 (1 of 3 parts done, 3 workspaces)\n')
    expect((await run('checkpoint')).stdout).toMatch(/chk_1 +before the API +task_lead +1 of 3/)
    const restored = await run('checkpoint', 'restore', 'chk_1')
    expect(restored.stdout).toBe('Task started: task_new\n')
    expect((await run('checkpoint', 'delete', 'chk_1')).stdout).toBe('Checkpoint deleted: chk_1\n')
    expect(await run('checkpoint', 'delete', 'task_1')).toMatchObject({ exitCode: 2 })
  })
})
