import { useEffect } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { isTerminal, type TaskView } from '../../../../shared/model/task.js'
import type { TaskMessage } from '../../../../shared/model/task-message.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useRead } from '../../app/use-read.js'
import { nameOfTaskMessage } from '../../stores/drafts.js'
import { remembered } from '../../stores/storage.js'
import { useTaskMessages, withMessages } from '../../stores/task-messages.js'
import { currentText, useText } from '../../text/text.js'
import { formatMoment } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import { TextForm } from '../agents/text-form.js'

/** What was said to an agent at work, whether it has read it, and, while it runs, more of it. */
export function TaskMessages({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.messages
  const { messages, error } = useMessagesOf(task.id)
  const running = task.state === 'running'
  // A text that could not be sent any more can still be read and copied.
  const unsent = remembered(nameOfTaskMessage(task.id)) !== null
  return (
    <>
      {error !== null && messages.length > 0 && (
        <p className="shrink-0 border-t px-4 py-2 text-bad">{text.notRead(error)}</p>
      )}
      {messages.length > 0 && <Said messages={messages} ended={isTerminal(task.state)} />}
      {(running || unsent) && <Say taskId={task.id} off={!running} />}
    </>
  )
}

interface SaidProps {
  readonly messages: readonly TaskMessage[]
  readonly ended: boolean
}

function Said({ messages, ended }: SaidProps) {
  const words = useText().tasks.messages
  const now = useNow()
  const unread = ended ? words.unread : words.delivered
  return (
    <section
      // It is scrolled by keyboard as well.
      tabIndex={0}
      aria-label={words.label}
      className="max-h-24 shrink-0 overflow-y-auto border-t px-4 py-2"
    >
      <ul className="flex flex-col gap-1.5">
        {messages.toReversed().map(({ id, text, readAt, deliveredAt }) => (
          <li key={id}>
            <p className="whitespace-pre-wrap break-words">{text}</p>
            <p className="figures text-muted text-xs">
              {formatMoment(readAt ?? deliveredAt, now)} ·{' '}
              {readAt === null ? unread : <span className="text-good">{words.read}</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Speaks to a running agent; what is said reaches it before its next step. */
function Say({ taskId, off }: { readonly taskId: TaskId; readonly off: boolean }) {
  const words = useText().tasks.messages
  const host = useHost()
  const say = async (text: string) => {
    const { delivered, message } = await host.call('task.message', { taskId, text })
    if (!delivered) {
      throw new AppError('invalid_state', currentText().tasks.messages.hasEnded)
    }
    useTaskMessages.setState((state) => withMessages(state, taskId, [message]))
  }
  return (
    <TextForm
      label={words.field}
      placeholder={words.placeholder}
      submit={words.submit}
      field="text"
      draft={nameOfTaskMessage(taskId)}
      entersSend
      off={off}
      send={say}
    />
  )
}

interface LoadedMessages {
  readonly messages: readonly TaskMessage[]
  readonly error: string | null
}

const NONE: readonly TaskMessage[] = []

function useMessagesOf(taskId: TaskId): LoadedMessages {
  const messages = useTaskMessages((state) => state[taskId]) ?? NONE
  const { value, error } = useRead('task.messages', { taskId }, '')
  useEffect(() => {
    if (value === null) return
    useTaskMessages.setState((state) => withMessages(state, taskId, value.messages))
  }, [value, taskId])
  return { messages, error }
}
