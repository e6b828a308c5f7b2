import { z } from 'zod'
import type { Blocker } from '../../../shared/model/blocker.js'
import { BlockerKind, LONGEST_QUESTION } from '../../../shared/model/blocker.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { EventLog } from '../events/event-log.js'
import type { Tool, ToolOutcome } from '../tools/tool.js'
import { failed, succeeded } from '../tools/tool-outcome.js'
import type { Blockers } from './blockers.js'

/** Every agent has it, whatever else it was granted. */
export const ASK_PERSON = 'ask_person'

export interface AskPersonOptions {
  readonly log: EventLog
  readonly blockers: Blockers
  readonly taskId: TaskId
}

const Input = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(LONGEST_QUESTION, `must not be longer than ${LONGEST_QUESTION} characters`)
    .describe('What you want to know, understandable without having seen your work'),
  kind: BlockerKind.default('async').describe(
    'sync: you cannot go on without the answer; everything of this task rests until it comes. async: you go on, ' +
      'and the answer reaches you as a message',
  ),
  options: z
    .array(z.string().trim().min(1).max(200))
    .max(6)
    .default([])
    .describe('Answers that you offer; the person may say something else'),
})

/** Asks the person. A call that a crash hides finds the question that it has asked. */
export function askPerson({ log, blockers, taskId }: AskPersonOptions): Tool<typeof Input> {
  return {
    name: ASK_PERSON,
    description:
      'Asks the person who is in charge a question that only a person can answer: a choice, a permission, a fact that ' +
      'is nowhere to be found. People may take hours; ask rarely, and never what you can find out.',
    input: Input,
    readOnly: true,
    summarize: ({ question }) => `Ask the person: ${question}`,
    run: async ({ question, kind, options }, { callId }) =>
      log.transaction((tx) => {
        const asked = { taskId, kind, source: 'agent', question, options, callId } as const
        return outcomeOf(blockers.raise(tx, asked))
      }),
  }
}

function outcomeOf({ kind, state, question, answer, id }: Blocker): ToolOutcome {
  if (state === 'resolved') {
    return succeeded(`You asked: ${question}\nThe person answers: ${answer ?? ''}`)
  }
  if (state !== 'open') {
    return failed(
      'timeout',
      'nobody answered in time; decide for yourself, and say in your report what you decided and that you asked',
    )
  }
  if (kind === 'async') {
    return succeeded(`Asked as ${id}. Go on; the answer will come as a message.`)
  }
  const detail = `Waits for your answer (${id}): ${question}`
  return { content: '', isError: false, wait: { reason: 'answer', detail, untilMs: null } }
}
