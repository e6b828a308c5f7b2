import { useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { LineComment } from '../../../../shared/model/worktree.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'

interface SendCommentsProps {
  readonly taskId: TaskId
  readonly comments: readonly LineComment[]
  readonly onSent: () => void
}

/** Gives what was said to lines to the agent, and then leads to the task that has it. */
export function SendComments({ taskId, comments, onSent }: SendCommentsProps) {
  const text = useText().changes.send
  const host = useHost()
  const [sending, setSending] = useState(false)
  const [sentTo, setSentTo] = useState<TaskId | null>(null)
  const [error, setError] = useState<string | null>(null)
  const open = comments.filter((comment) => comment.sentTo === undefined).length
  if (open === 0 && sentTo === null) return null
  const send = () => {
    setSending(true)
    setError(null)
    host
      .call('change.sendComments', { taskId })
      .then(
        (answer) => {
          setSentTo(answer.taskId)
          onSent()
        },
        (reason: unknown) => setError(messageOf(reason)),
      )
      .finally(() => setSending(false))
  }
  return (
    <div className="shrink-0 border-t px-4 py-2">
      {open > 0 && (
        <Button kind="primary" small disabled={sending} onClick={send}>
          {text.send(open)}
        </Button>
      )}
      {open === 0 && sentTo !== null && (
        <p role="status">
          {text.sent}
          {sentTo === taskId ? (
            '.'
          ) : (
            <>
              :{' '}
              <button
                type="button"
                className="text-accent-text hover:underline"
                onClick={() => showTask(sentTo)}
              >
                {text.showTask}
              </button>
            </>
          )}
        </p>
      )}
      {error && (
        <p role="alert" className="mt-1.5 break-words text-bad">
          {text.failed(error)}
        </p>
      )}
    </div>
  )
}
