import { useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskAttempt } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { type LogPart, readPart } from './attempt-log.js'
import { NotText } from './not-text.js'
import { OutputBox } from './output-box.js'

interface AttemptOutputProps {
  readonly taskId: TaskId
  readonly attempt: TaskAttempt
}

/** The part of the log that one attempt wrote. */
export function AttemptOutput({ taskId, attempt }: AttemptOutputProps) {
  const text = useText().tasks.attempts
  const { part, error } = useLogPart(taskId, attempt)
  if (error !== null) return <p className="mt-1 text-bad">{text.outputNotRead(error)}</p>
  if (part === null) return <div aria-hidden className="mt-1.5 h-4 w-3/5 rounded bg-hover" />
  return (
    <>
      {part.cut && <p className="mt-1 text-faint text-xs">{text.onlyEnd}</p>}
      <NotText of={part.text} />
      <OutputBox label={text.outputOf(attempt.attempt)} text={part.text} />
    </>
  )
}

interface LoadedPart {
  /** Null until the host has answered. */
  readonly part: LogPart | null
  readonly error: string | null
}

function useLogPart(taskId: TaskId, { logOffset, logEnd }: TaskAttempt): LoadedPart {
  const host = useHost()
  const [loaded, setLoaded] = useState<LoadedPart>({ part: null, error: null })
  useEffect(() => {
    const given = new AbortController()
    const readPage = (sinceOffset: number) =>
      host.call('task.log', { taskId, sinceOffset }, { signal: given.signal })
    readPart(readPage, logOffset, logEnd).then(
      (part) => setLoaded({ part, error: null }),
      (error: unknown) => {
        if (!given.signal.aborted) setLoaded({ part: null, error: messageOf(error) })
      },
    )
    return () => given.abort()
  }, [host, taskId, logOffset, logEnd])
  return loaded
}
