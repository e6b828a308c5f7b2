import { ArrowDownToLine } from 'lucide-react'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Line } from '../../stores/ansi.js'
import { plainText, shownLines, type TaskOutput } from '../../stores/task-output.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { CopyButton } from '../../ui/copy-button.js'
import { formatMoment } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { useFollowEnd } from '../../ui/use-follow-end.js'
import { OutputLine } from './output-line.js'
import { useOutputOf } from './use-task-output.js'

interface TaskOutputViewProps {
  readonly taskId: TaskId
  readonly running: boolean
}

export function TaskOutputView({ taskId, running }: TaskOutputViewProps) {
  const { output, more, error, readMore } = useOutputOf(taskId)
  const lines = output ? shownLines(output) : []
  const text = useText().history
  const removedAt = useTasks(({ byId }) => byId[taskId]?.outputRemovedAt)
  if (error !== null) return <p className="p-4 text-bad">The output could not be read: {error}</p>
  if (removedAt !== undefined && !running) {
    return <p className="p-4 text-muted">{text.logRemoved(formatMoment(removedAt, Date.now()))}</p>
  }
  if (output === null || lines.length === 0) {
    return <p className="p-4 text-muted">{running ? 'No output yet.' : 'There was no output.'}</p>
  }
  return <OutputLines output={output} lines={lines} more={more} onMore={readMore} />
}

interface OutputLinesProps {
  readonly output: TaskOutput
  readonly lines: readonly Line[]
  readonly more: boolean
  readonly onMore: () => void
}

/** Follows the newest line until the reader scrolls away from it. */
function OutputLines({ output, lines, more, onMore }: OutputLinesProps) {
  const { list, following, scrolled, keepUp, jump } = useFollowEnd(lines.length)
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-8 shrink-0 items-center gap-1 border-b pr-2 pl-4 text-muted text-xs">
        <span className="figures min-w-0 flex-1 truncate">
          {output.dropped > 0
            ? `The last ${lines.length.toLocaleString()} lines; the log keeps the others`
            : `${lines.length.toLocaleString()} ${lines.length === 1 ? 'line' : 'lines'}`}
        </span>
        {more && (
          <Button small kind="quiet" onClick={onMore}>
            Read on
          </Button>
        )}
        {!following && (
          <IconButton small icon={ArrowDownToLine} label="Follow the output" onClick={jump} />
        )}
        <CopyButton text={() => plainText(output)} label="Copy output" />
      </div>
      <VList
        ref={list}
        data={lines}
        itemSize={18}
        tabIndex={0}
        role="log"
        aria-label="Output"
        aria-live="off"
        className="min-h-0 flex-1 bg-code py-2"
        onScroll={scrolled}
        onResize={keepUp}
      >
        {(line, index) => <OutputLine key={output.dropped + index} line={line} />}
      </VList>
    </div>
  )
}
