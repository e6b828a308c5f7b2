import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../../../test/support/simulated-clock.js'
import type { ModelMessage, ModelRequest } from '../model-client.js'
import { createOfflineModel } from './offline-model.js'

const tool = (name: string) => ({ name, description: '', inputSchema: {} })
const CHAT = [
  'start_task',
  'list_tasks',
  'task_status',
  'task_result',
  'cancel_task',
  'message_task',
].map(tool)
const AGENT = [
  'list_files',
  'search_files',
  'read_file',
  'run_command',
  'update_plan',
  'finish',
].map(tool)

function request(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  const messages: ModelMessage[] = [{ role: 'user', content: [{ type: 'text', text }] }]
  return {
    system: 'x'.repeat(400),
    messages,
    tools: CHAT,
    maxTokens: 1_000,
    signal: new AbortController().signal,
    ...more,
  }
}

describe('OfflineModel', () => {
  it('streams exactly its text, and claims no tokens', async () => {
    const clock = new SimulatedClock()
    const pieces: string[] = []
    const turning = createOfflineModel({ clock }).turn(
      request('help', { onText: (piece) => pieces.push(piece) }),
    )
    await clock.runAllAsync()
    const turn = await turning
    expect(turn.content).toEqual([{ type: 'text', text: pieces.join('') }])
    expect(pieces.length).toBeGreaterThan(10)
    expect(turn).toMatchObject({ stopReason: 'end_turn', model: 'offline' })
    expect(Object.values(turn.usage)).toEqual([0, 0, 0, 0])
  })

  it('is a pure function of the request: the same turn, the same ids', async () => {
    const model = createOfflineModel({ clock: new SimulatedClock() })
    const ask = request('run the tests and build')
    const turn = await model.turn(ask)
    expect(await model.turn(ask)).toEqual(turn)
    expect(turn.stopReason).toBe('tool_use')
    const ids = turn.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    const other = await model.turn(request('run the tests and build!'))
    expect(other.content).not.toEqual(turn.content)
  })

  it('is an agent where it can finish, and the chat elsewhere', async () => {
    const model = createOfflineModel({ clock: new SimulatedClock() })
    const ask = request('Task: survey src\nType: analysis\nAgent: analyzer\nWorkspace: /w', {
      tools: AGENT,
    })
    const { content } = await model.turn(ask)
    expect(content.map((block) => (block.type === 'tool_use' ? block.name : block.text))).toEqual([
      'I list the files of src.',
      'update_plan',
      'list_files',
    ])
  })

  it('ends at once when it is aborted, before and in the middle of its text', async () => {
    const clock = new SimulatedClock()
    const model = createOfflineModel({ clock })
    const aborted = { errorClass: 'aborted', code: 'cancelled' }
    await expect(
      model.turn(request('help', { signal: AbortSignal.abort() })),
    ).rejects.toMatchObject(aborted)
    const controller = new AbortController()
    const pieces: string[] = []
    const turning = model.turn(
      request('help', {
        signal: controller.signal,
        onText: (piece) => {
          pieces.push(piece)
          controller.abort()
        },
      }),
    )
    await expect(turning).rejects.toMatchObject(aborted)
    expect(pieces).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
  })

  it('passes over calls that another model made in the same run', async () => {
    const model = createOfflineModel({ clock: new SimulatedClock() })
    const ask = request('Task: survey src\nType: analysis', { tools: AGENT })
    const messages: ModelMessage[] = [
      ...ask.messages,
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'list_files', input: { path: 'lib' } }],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', toolUseId: 'toolu_1', content: 'x\t1\t1', isError: false },
        ],
      },
    ]
    const { content } = await model.turn({ ...ask, messages })
    expect(content.at(-1)).toMatchObject({ name: 'list_files', input: { path: 'src' } })
  })
})
