import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskAttempt, TaskView } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { AttemptOutput } from './attempt-output.js'
import { outcomeText, spanText, spentText } from './attempt-text.js'

interface TaskAttemptsProps {
  readonly task: TaskView
  readonly onShowOutput: () => void
}

/** Every try at a task: when it was, how it ended, and what it put out. */
export function TaskAttempts({ task, onShowOutput }: TaskAttemptsProps) {
  const text = useText().tasks.attempts
  const { attempts, error } = useAttempts(task)
  if (error !== null) return <p className="p-4 text-bad">{text.notRead(error)}</p>
  if (attempts === null) return <SkeletonRows rows={3} />
  if (attempts.length === 0) return <p className="p-4 text-muted">{text.none}</p>
  return (
    <ol aria-label={text.label} className="divide-y">
      {attempts.map((attempt, index) => (
        <Attempt key={index} taskId={task.id} attempt={attempt} onShowOutput={onShowOutput} />
      ))}
    </ol>
  )
}

interface AttemptProps {
  readonly taskId: TaskId
  readonly attempt: TaskAttempt
  readonly onShowOutput: () => void
}

const LINK = 'flex items-center gap-1 rounded text-accent-text text-xs hover:underline'

function Attempt({ taskId, attempt, onShowOutput }: AttemptProps) {
  const text = useText().tasks.attempts
  const [open, setOpen] = useState(false)
  const { attempt: number, endedAt, outcome, error, logOffset, logEnd } = attempt
  const running = endedAt === null
  return (
    <li className="px-4 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{text.attempt(number)}</span>
        <span className={cx(outcome === 'failed' ? 'text-bad' : 'text-muted')}>
          {outcomeText(attempt)}
        </span>
      </p>
      <AttemptTimes attempt={attempt} />
      {error && (
        <p className="mt-1 break-words text-muted">
          <code className="font-mono text-bad text-xs">{error.code}</code> {error.message}
        </p>
      )}
      <div className="mt-1.5">
        {running ? (
          <button type="button" className={LINK} onClick={onShowOutput}>
            {text.showOutput}
          </button>
        ) : logEnd > logOffset ? (
          <button
            type="button"
            aria-expanded={open}
            className={LINK}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden size={13} className={cx(open && 'rotate-90')} />
            <span aria-hidden>{text.output}</span>
            <span className="sr-only">{text.outputOf(number)}</span>
          </button>
        ) : (
          <p className="text-faint text-xs">{text.noOutput}</p>
        )}
      </div>
      {open && !running && <AttemptOutput taskId={taskId} attempt={attempt} />}
    </li>
  )
}

function AttemptTimes({ attempt }: { readonly attempt: TaskAttempt }) {
  const now = useNow()
  return (
    <p className="figures text-muted text-xs">
      {spanText(attempt, now)} · {spentText(attempt, now)}
    </p>
  )
}

interface LoadedAttempts {
  /** Null until the host has answered. */
  readonly attempts: readonly TaskAttempt[] | null
  readonly error: string | null
}

/** Reads the attempts, and again whenever one begins or ends. */
function useAttempts({ id, state, attempt, completedAt }: TaskView): LoadedAttempts {
  const host = useHost()
  const ready = useConnection((connection) => connection.phase.name === 'ready')
  const [loaded, setLoaded] = useState<LoadedAttempts>({ attempts: null, error: null })
  // Another text means that an attempt began or ended; null that nobody can be asked.
  const stand = ready ? `${state} ${attempt} ${completedAt}` : null
  useEffect(() => {
    if (stand === null) return
    const given = new AbortController()
    host.call('task.attempts', { taskId: id }, { signal: given.signal }).then(
      ({ attempts }) => setLoaded({ attempts, error: null }),
      (error: unknown) => {
        if (!given.signal.aborted) setLoaded({ attempts: null, error: messageOf(error) })
      },
    )
    return () => given.abort()
  }, [host, id, stand])
  return loaded
}
