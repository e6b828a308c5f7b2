import { ArrowDownToLine, ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Line } from '../../stores/ansi.js'
import { firstOffset, plainText, shownLines, type TaskOutput } from '../../stores/task-output.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { CopyButton } from '../../ui/copy-button.js'
import { failed } from '../../ui/failure.js'
import { IconButton } from '../../ui/icon-button.js'
import { useFollowEnd } from '../../ui/use-follow-end.js'
import { OutputLine } from './output-line.js'
import { useLogSearch } from './use-log-search.js'
import { type LoadedOutput, useOutputOf } from './use-task-output.js'

interface TaskOutputViewProps {
  readonly taskId: TaskId
  readonly running: boolean
}

export function TaskOutputView({ taskId, running }: TaskOutputViewProps) {
  const text = useText().tasks.output
  const loaded = useOutputOf(taskId)
  const { output, error } = loaded
  const lines = output ? shownLines(output) : []
  if (error !== null) return <p className="p-4 text-bad">{text.notRead(error)}</p>
  if (output === null || lines.length === 0) {
    return <p className="p-4 text-muted">{running ? text.noneYet : text.none}</p>
  }
  return <OutputLines taskId={taskId} output={output} lines={lines} loaded={loaded} />
}

interface OutputLinesProps {
  readonly taskId: TaskId
  readonly output: TaskOutput
  readonly lines: readonly Line[]
  readonly loaded: LoadedOutput
}

/** Older lines are read this long before the reader is at the first one, in px. */
const NEAR_START = 400

/** Follows the newest line until the reader scrolls away from it, or goes to something that was found. */
function OutputLines({ taskId, output, lines, loaded }: OutputLinesProps) {
  const text = useText().tasks.output
  const follow = useFollowEnd(lines.length)
  const { list, following, scrolled, keepUp } = follow
  const [found, setFound] = useState<number | null>(null)
  const [reading, setReading] = useState(false)
  const begins = firstOffset(output)
  const target = useRef<number | null>(null)
  const readOlder = () => {
    if (reading || begins === 0) return
    setReading(true)
    loaded
      .older()
      .catch(failed(text.olderFailed))
      .finally(() => setReading(false))
  }
  // What was found is gone to when its stretch is drawn.
  useEffect(() => {
    if (target.current === null) return
    follow.goTo(target.current)
    target.current = null
  })
  const goTo = (offset: number) => {
    loaded.around(offset).then((line) => {
      target.current = line
      setFound(line)
    }, failed(text.olderFailed))
  }
  const toEnd = () => {
    setFound(null)
    if (output.live) follow.jump()
    else {
      loaded.toEnd()
      follow.jump()
    }
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-1 border-b py-0.5 pr-2 pl-4 text-muted text-xs">
        <span className="figures min-w-0 flex-1 truncate">
          {begins === 0 && output.live ? text.lines(lines.length) : text.part(lines.length)}
        </span>
        <LogSearchField taskId={taskId} onGo={goTo} onClear={() => setFound(null)} />
        {(!following || !output.live) && (
          <IconButton small icon={ArrowDownToLine} label={text.follow} onClick={toEnd} />
        )}
        <CopyButton text={() => plainText(output)} label={text.copy} />
      </div>
      <VList
        ref={list}
        data={lines}
        itemSize={18}
        shift={reading}
        tabIndex={0}
        role="log"
        aria-label={text.label}
        aria-live="off"
        className="min-h-0 flex-1 bg-code py-2 [overflow-anchor:none]"
        onScroll={(offset) => {
          scrolled(offset)
          if (offset < NEAR_START) readOlder()
        }}
        onResize={keepUp}
      >
        {(line, index) => (
          <div key={index} className={cx(index === found && 'bg-selected')}>
            <OutputLine line={line} />
          </div>
        )}
      </VList>
    </div>
  )
}

interface LogSearchFieldProps {
  readonly taskId: TaskId
  readonly onGo: (offset: number) => void
  readonly onClear: () => void
}

/** Enter goes to the next line that was found, with Shift to the one before. */
function LogSearchField({ taskId, onGo, onClear }: LogSearchFieldProps) {
  const text = useText().tasks.output
  const [query, setQuery] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const { matches, complete, error } = useLogSearch(taskId, query.trim())
  const wanted = useRef(0)
  const go = (by: number) => {
    // Whoever presses Enter before anything was found is led to it when it is.
    wanted.current = matches.length === 0 ? by : 0
    if (matches.length === 0) return
    // The newest is what a reader of a log looks for first.
    const next = at === null ? (by > 0 ? 0 : matches.length - 1) : at + by
    const index = (next + matches.length) % matches.length
    setAt(index)
    const match = matches[index]
    if (match !== undefined) onGo(match.offset)
  }
  useEffect(() => {
    if (wanted.current !== 0 && matches.length > 0) go(wanted.current)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      go(event.shiftKey ? -1 : 1)
    }
    if (event.key === 'Escape' && query !== '') {
      event.stopPropagation()
      setQuery('')
      setAt(null)
      onClear()
    }
  }
  const shown = query.trim() !== ''
  return (
    <span className="flex items-center gap-1">
      <input
        type="search"
        aria-label={text.search}
        placeholder={text.searchPlaceholder}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setAt(null)
          wanted.current = 0
        }}
        onKeyDown={onKeyDown}
        className="h-6 w-28 rounded border bg-surface px-1.5 text-text"
      />
      {shown && (
        <span role="status" className="figures whitespace-nowrap">
          {error ?? text.found(at === null ? 0 : at + 1, matches.length, complete)}
        </span>
      )}
      {shown && matches.length > 0 && (
        <>
          <IconButton small icon={ChevronUp} label={text.previous} onClick={() => go(-1)} />
          <IconButton small icon={ChevronDown} label={text.next} onClick={() => go(1)} />
        </>
      )}
    </span>
  )
}
