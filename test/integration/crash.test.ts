import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HostProcess } from '../support/host-process.js'
import { SequentialIds } from '../support/sequential-ids.js'

/** Crashes of the host at random points; `npm run soak` raises it to hundreds. */
const ROUNDS = Number(process.env['SMART_AGENTS_TEST_CRASH_ROUNDS'] ?? 8)
const COMMANDS = 5

let folder: string
let provider: LLMock
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'))
  provider = new LLMock({ port: 0, host: '127.0.0.1', latency: 2, chunkSize: 20 })
  await provider.start()
})
afterEach(async () => {
  await provider.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** How many turns of the assistant a request already holds: which step it asks for. */
const turnsIn = (messages: readonly { readonly role: string }[]) =>
  messages.filter((message) => message.role === 'assistant').length

/** An agent that appends a line per command, then finishes. */
function script(): void {
  for (let step = 0; step < COMMANDS; step++) {
    provider.on(
      { predicate: ({ messages }) => turnsIn(messages) === step },
      {
        content: `Step ${step}.`,
        toolCalls: [
          {
            id: `call_${step}`,
            name: 'run_command',
            arguments: JSON.stringify({ command: `echo ${step} >> steps.txt; sleep 0.02` }),
          },
        ],
      },
    )
  }
  provider.on(
    { predicate: ({ messages }) => turnsIn(messages) === COMMANDS },
    {
      toolCalls: [
        {
          id: 'call_finish',
          name: 'finish',
          arguments: JSON.stringify({ success: true, report: '# All steps done' }),
        },
      ],
    },
  )
}

function start(): Promise<HostProcess> {
  return HostProcess.start({
    dataDirectory: join(folder, 'data'),
    workspace: folder,
    env: { ANTHROPIC_BASE_URL: provider.url, ANTHROPIC_API_KEY: 'test-key' },
  })
}

/** Resolves at the n-th thing that is heard of the task, be it stored or live. */
function heard(host: HostProcess, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count
    host.client.onEvent(() => {
      left -= 1
      if (left === 0) resolve()
    })
  })
}

describe('kill -9 of the host while an agent works', () => {
  const random = new SequentialIds(20_261_121)
  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: the agent finishes, and no finished step is paid for twice',
    async () => {
      script()
      let host = await start()
      await host.client.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
      await host.client.call('events.subscribe', {})
      const dying = heard(host, 1 + Math.floor(random.random() * 18))
      const { taskId } = await host.client.call('task.submit', {
        description: 'write the steps',
        type: 'agent_execution',
      })
      const { seq } = await host.client.call('events.subscribe', {})
      const ended = host.client.call('task.result', { taskId, waitMs: 60_000 }).catch(() => null)
      await Promise.race([dying, ended])
      await host.kill()

      host = await start()
      const { client } = host
      const result = await client.call('task.result', { taskId, waitMs: 60_000 })
      expect(result).toMatchObject({ success: true, output: '# All steps done' })
      const { task } = await client.call('task.get', { taskId })
      expect(task).toMatchObject({ state: 'completed', attempt: 1 })

      const seen: number[] = []
      client.on('task.completed', (event) => seen.push(event.seq))
      await client.call('events.subscribe', { sinceSeq: seq })
      expect(seen.length).toBeLessThanOrEqual(1)
      await host.stop()

      const lines = readFileSync(join(folder, 'steps.txt'), 'utf8').trim().split('\n')
      expect(new Set(lines).size, `a command ran twice: ${lines.join()}`).toBe(lines.length)
      const asked = provider.getRequests().flatMap(({ body }) => {
        const messages: unknown = Reflect.get(body ?? {}, 'messages')
        return Array.isArray(messages) ? [turnsIn(messages)] : []
      })
      // Only the turn that was under way when the host died may be asked for again.
      expect(asked.length).toBeLessThanOrEqual(COMMANDS + 2)
    },
    60_000,
  )
})
