import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HostProcess } from '../support/host-process.js'
import { SequentialIds } from '../support/sequential-ids.js'

/** Crashes of the host at random points; `npm run soak` raises it to hundreds. */
const ROUNDS = Number(process.env['SMART_AGENTS_TEST_CRASH_ROUNDS'] ?? 4)
/** Events, stored and live, that one undisturbed run gives, about. */
const EVENTS = 45

let folder: string
let provider: LLMock
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agents-crash-'))
  provider = new LLMock({ port: 0, host: '127.0.0.1', latency: 2, chunkSize: 20 })
  await provider.start()
})
afterEach(async () => {
  await provider.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Messages = readonly { readonly role: string; readonly content?: unknown }[]

const textOf = (messages: Messages) => JSON.stringify(messages)
const turnsIn = (messages: Messages) => messages.filter(({ role }) => role === 'assistant').length

/** What an agent says at a turn of a task. */
function says(
  agent: string,
  turn: number,
  name: string,
  input: object | ((text: string) => object),
) {
  provider.on(
    {
      predicate: ({ messages }: { messages: Messages }) =>
        textOf(messages).includes(`You are the agent ${agent}. `) && turnsIn(messages) === turn,
    },
    ({ messages }: { messages: Messages }) => ({
      toolCalls: [
        {
          id: `call_${agent}_${turn}`,
          name,
          arguments: JSON.stringify(typeof input === 'function' ? input(textOf(messages)) : input),
        },
      ],
    }),
  )
}

/** Alice asks Bob, who looks it up with a command and answers; then she writes to the person. */
function script(): void {
  says('alice', 0, 'send_mail_with_switch', {
    to_agent: 'bob',
    subject: 'q',
    body: 'which number?',
  })
  says('alice', 1, 'send_mail', { to: 'user', subject: 'answer', body: 'it is 42' })
  says('alice', 2, 'finish', { success: true, report: 'asked and told' })
  says('bob', 0, 'run_command', { command: 'echo looked >> looks.txt' })
  says('bob', 1, 'reply_mail', (text) => ({
    mailId: /Mail: (mail_\w+)/.exec(text)?.[1],
    body: '42',
  }))
  says('bob', 2, 'finish', { success: true, report: 'answered' })
}

function start(): Promise<HostProcess> {
  return HostProcess.start({
    dataDirectory: join(folder, 'data'),
    workspace: folder,
    env: { ANTHROPIC_BASE_URL: provider.url, ANTHROPIC_API_KEY: 'test-key' },
  })
}

const session = { sessionId: 's' }

describe('kill -9 of the host while two agents write to each other', () => {
  const random = new SequentialIds(20_261_126)
  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: the answer arrives, each mail is sent and handled once, and states are true',
    async () => {
      script()
      let host = await start()
      await host.client.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
      await host.client.call('events.subscribe', {})
      for (const agentId of ['alice', 'bob']) {
        await host.client.call('async.createAgent', { ...session, agentId })
      }
      let left = 1 + Math.floor(random.random() * EVENTS)
      const dying = new Promise<void>((resolve) => {
        host.client.onEvent(() => {
          left -= 1
          if (left === 0) resolve()
        })
      })
      const { taskId } = await host.client.call('async.sendTask', {
        ...session,
        agentId: 'alice',
        prompt: 'find out the number',
      })
      const ended = host.client.call('task.result', { taskId, waitMs: 60_000 }).catch(() => null)
      await Promise.race([dying, ended])
      await host.kill()

      host = await start()
      const { client } = host
      const result = await client.call('task.result', { taskId, waitMs: 60_000 })
      expect(result).toMatchObject({ success: true, output: 'asked and told' })
      const bob = await client.call('async.agentWork', { ...session, agentId: 'bob' })
      for (const work of bob.work) {
        await client.call('task.result', { taskId: work.taskId, waitMs: 60_000 })
      }
      const mails = async (agentId: string) =>
        (await client.call('mail.inbox', { ...session, agentId })).mails
      expect(await mails('user')).toMatchObject([{ from: 'alice', body: 'it is 42' }])
      expect(await mails('alice')).toMatchObject([{ from: 'bob', body: '42', state: 'handled' }])
      expect(await mails('bob')).toMatchObject([{ from: 'alice', state: 'replied' }])
      const { agents } = await client.call('async.getAgentStates', session)
      expect(Object.values(agents)).toMatchObject([
        { state: 'idle', current_task: null, queue_size: 0 },
        { state: 'idle', current_task: null, queue_size: 0 },
      ])
      await host.stop()
      // One whose intent alone is on record is not run again by itself; the model is told so.
      const looks = join(folder, 'looks.txt')
      if (existsSync(looks)) expect(readFileSync(looks, 'utf8')).toBe('looked\n')
    },
    60_000,
  )
})
