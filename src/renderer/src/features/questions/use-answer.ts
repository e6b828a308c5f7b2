import type { Blocker } from '../../../../shared/model/blocker.js'
import { AppError, messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import {
  answerFailed,
  answerSent,
  draftAnswer,
  forgetAnswer,
  keepAnswer,
  useAnswers,
} from '../../stores/answers.js'
import { useBlockers, withBlocker } from '../../stores/blockers.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'

/** What stands in the field of a question, and what became of an answer that was sent. */
export function useAnswer(blocker: Blocker) {
  const host = useHost()
  const draft = useAnswers((state) => draftAnswer(blocker.id, state))
  const sent = useAnswers((state) => state.sent[blocker.id])
  const sending = sent !== undefined && sent.error === null
  return {
    draft,
    sending,
    error: sent?.error ?? null,
    /** What this window meant to say, for a question that was settled otherwise. */
    own: draft.trim() || (sent?.text ?? ''),
    type: (text: string) => keepAnswer(blocker.id, text),
    send: (text: string) => {
      if (!sending && text.trim() !== '') void sendAnswer(host, blocker, text.trim())
    },
    dismiss: () => {
      forgetAnswer(blocker.id)
      focusNext()
    },
  }
}

async function sendAnswer(host: Host, { id }: Blocker, answer: string): Promise<void> {
  answerSent(id, answer)
  try {
    const { blocker } = await host.call('blocker.answer', { blockerId: id, answer })
    useBlockers.setState((state) => withBlocker(state, blocker))
    forgetAnswer(id)
    focusNext()
  } catch (error) {
    answerFailed(id, answer, messageOf(error))
    if (isTooLate(error)) await readEnd(host, id)
  }
}

function isTooLate(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'conflict' || error.code === 'invalid_state')
}

/** The event that tells how it was settled may come later than the refusal, or not at all. */
async function readEnd(host: Host, id: Blocker['id']): Promise<void> {
  try {
    const { blocker } = await host.call('blocker.get', { blockerId: id })
    useBlockers.setState((state) => withBlocker(state, blocker))
  } catch (error) {
    console.warn(`the question was not read: ${messageOf(error)}`)
  }
}

/** The card that had the focus is gone. */
function focusNext(): void {
  focusWhenFree(
    '[data-inbox] [data-question] textarea',
    '[data-inbox]',
    '[data-question] textarea',
    '#composer',
  )
}
