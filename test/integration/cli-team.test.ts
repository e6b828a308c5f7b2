import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BlockerId, CheckpointId, PlanId, TaskId } from '../../src/shared/model/ids.js'
import type { Plan } from '../../src/shared/model/plan.js'
import { AppError } from '../../src/shared/rpc/errors.js'
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

describe('blockers', () => {
  const blockerId = BlockerId.parse('blk_1')
  const blocker = {
    ...{ id: blockerId, taskId, kind: 'sync' as const, source: 'agent' as const },
    ...{ question: 'Which\nport?', options: ['80'], state: 'open' as const, createdAt: 1 },
  }

  it('are listed, shown and answered', async () => {
    host.answer('blocker.list', () => ({ blockers: [blocker], nextCursor: null, seq: 1 }))
    host.answer('blocker.get', () => ({ blocker }))
    host.answer('blocker.answer', ({ answer }) => ({
      blocker: { ...blocker, state: 'resolved' as const, answer },
    }))
    const listed = await run('blockers')
    expect(listed.stdout).toMatch(/^blk_1 {2}task_lead {2}.*, its task waits\n {2}Which port\?\n$/)
    expect(listed.stderr).toContain('smart-agents blockers answer blk_1')
    expect((await run('blocker', 'show', 'blk_1')).stdout).toContain('Which\nport?\n\n  - 80\n')
    const answered = await cli(['blocker', 'answer', 'blk_1', '-'], {
      dataDirectory,
      input: '80\n',
    })
    expect(answered.stdout).toBe('Answered: blk_1. Task task_lead goes on.\n')
    expect(host.calls.at(-1)?.params).toEqual({ blockerId, answer: '80' })
  })

  it('are named with the way to answer by the status of a task that waits', async () => {
    const detail = 'Waits for your answer (blk_1): Which port?'
    host.answer('task.status', () => ({
      ...{ id: taskId, state: 'pending' as const, progress: 0 },
      waitingFor: { reason: 'answer' as const, detail, since: 1 },
    }))
    host.answer('blocker.list', () => ({ blockers: [blocker], nextCursor: null, seq: 1 }))
    const { stdout, stderr } = await run('status', taskId)
    expect(stdout).toContain(`Waiting for: answer (${detail})`)
    expect(stderr).toContain('Answer: smart-agents blockers answer blk_1 "…"')
  })

  it('that were answered before are a conflict', async () => {
    host.answer('blocker.answer', () => {
      throw new AppError('conflict', 'question blk_1 was answered at 10:00: "80"')
    })
    expect(await run('blocker', 'answer', 'blk_1', '8080')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('was answered at 10:00: "80"'),
    })
    expect(await run('blocker', 'answer', 'task_1', 'x')).toMatchObject({ exitCode: 2 })
  })
})

describe('messages to a task', () => {
  it('are delivered, then read', async () => {
    const message = { id: 1, text: 'faster', deliveredAt: 1, readAt: null }
    host.answer('task.message', () => ({ delivered: true, message }))
    host.answer('task.messages', () => ({ messages: [message], seq: 1 }))
    const said = await run('message', taskId, 'faster')
    expect(said.stdout).toBe('Delivered. The agent reads it before its next step.\n')
    expect((await run('messages', taskId)).stdout).toMatch(/, not read yet\n {2}faster\n/)
  })
})

describe('evidence', () => {
  it('shows rounds, failures and corrections', async () => {
    const made = {
      position: 0,
      kind: 'command' as const,
      name: 'npm test',
      durationMs: 1200,
      at: 1,
    }
    host.answer('task.evidence', () => ({
      evidence: [
        { ...made, round: 1, passed: false, detail: 'It ended with exit code 1.', output: 'no\n' },
        { ...made, round: 2, passed: true, detail: 'It ended with exit code 0.', output: '' },
      ],
      corrections: [
        {
          ...{ attempt: 1, limit: 3, state: 'success' as const, failure: 'npm test: …' },
          ...{ startedAt: 1, endedAt: 2 },
        },
      ],
      seq: 1,
    }))
    expect((await run('evidence', taskId)).stdout.split('\n')).toEqual([
      'Round 1:',
      '  ✗ npm test (1s): It ended with exit code 1.',
      '      no',
      '  Correction 1 of 3: helped',
      'Round 2:',
      '  ✓ npm test (1s): It ended with exit code 0.',
      '',
    ])
  })
})
