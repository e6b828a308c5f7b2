import { type LoopEnd, runAgentLoop } from '../../src/main/core/agents/agent-loop.js'
import { type Step, Transcript } from '../../src/main/core/agents/transcript.js'
import { EventLog } from '../../src/main/core/events/event-log.js'
import { openDatabase } from '../../src/main/core/store/database.js'
import { SilentLogger } from './silent-logger.js'
import { SimulatedClock } from './simulated-clock.js'

type Turn = Extract<Step, { kind: 'turn' }>
type Result = Extract<Step, { kind: 'result' }>

/**
 * Plays a recorded run again: the model says what it said, each tool answers what it answered, and what was said to
 * the agent in between is said at the same place. What the loop makes of it must be the recording.
 */
export async function replay(
  recorded: readonly Step[],
): Promise<{ readonly steps: readonly Step[]; readonly end: LoopEnd }> {
  const db = openDatabase({ path: ':memory:' })
  const log = new EventLog(db, new SimulatedClock(), new SilentLogger())
  const transcript = Transcript.load(log, 'task_replay.1')
  const [first] = recorded
  if (first === undefined) throw new Error('nothing was recorded')
  transcript.append(first)
  const turns = recorded.filter((step): step is Turn => step.kind === 'turn')
  const results = new Map(
    recorded.flatMap((step) => (step.kind === 'result' ? [[step.toolUseId, step] as const] : [])),
  )
  const finish = recorded.findLast((step) => step.kind === 'end')
  try {
    const end = await runAgentLoop({
      transcript,
      system: '',
      tools: {
        definitions: [],
        mayRepeat: () => true,
        execute: async (call, noteChange) => {
          const result = results.get(call.id) as Result
          for (const path of result.changes) noteChange(path)
          const { content, isError } = result
          const ends = call.name === 'finish' && finish !== undefined && !isError
          return ends ? { content, isError, finish } : { content, isError }
        },
      },
      model: async () => {
        const turn = turns.shift()
        if (turn === undefined) throw new Error('the loop asks for a turn that was never taken')
        return turn
      },
      signal: new AbortController().signal,
      maxTurns: 1000,
      maxTokens: () => 1,
      mustFinish: true,
      // Reminders are the loop's own words; it has to find them itself.
      takeMessages: () => {
        const next = recorded[transcript.steps.length]
        const isOurs =
          next?.kind === 'user' && !/^(You ended your turn|Your last answer)/.test(next.text)
        return isOurs ? [next] : []
      },
    })
    return { steps: transcript.steps, end }
  } finally {
    db.close()
  }
}
