import { ArrowDownToLine, ArrowUpToLine, ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Line } from '../../stores/ansi.js'
import { firstOffset, plainText, shownLines, type TaskOutput } from '../../stores/task-output.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { CopyButton } from '../../ui/copy-button.js'
import { failed } from '../../ui/failure.js'
import { formatMoment } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { useFollowEnd } from '../../ui/use-follow-end.js'
import { NotText } from './not-text.js'
import { OutputLine } from './output-line.js'
import { useLogSearch } from './use-log-search.js'
import { type LoadedOutput, useOutputOf } from './use-task-output.js'

interface TaskOutputViewProps {
  readonly taskId: TaskId
  readonly running: boolean
  /** When it was removed (epoch ms), as the person's settings say. */
  readonly removedAt: number | undefined
}

export function TaskOutputView({ taskId, running, removedAt }: TaskOutputViewProps) {
  const text = useText().tasks.output
  const loaded = useOutputOf(taskId)
  const { output, error } = loaded
  const lines = output ? shownLines(output) : []
  if (error !== null) return <p className="p-4 text-bad">{text.notRead(error)}</p>
  if (output === null || (lines.length === 0 && !output.behind)) {
    if (removedAt !== undefined) {
      return <p className="p-4 text-muted">{text.removed(formatMoment(removedAt, Date.now()))}</p>
    }
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

/** Which stretch is drawn: each begins anew, at its end or at a line in it. */
interface Stretch {
  readonly number: number
  readonly start: { readonly line: number; readonly isFound: boolean } | null
}

function OutputLines({ taskId, output, lines, loaded }: OutputLinesProps) {
  const text = useText().tasks.output
  const [stretch, setStretch] = useState<Stretch>({ number: 0, start: null })
  const [following, setFollowing] = useState(true)
  const view = useRef<HTMLDivElement>(null)
  const show = (start: Stretch['start']) =>
    setStretch(({ number }) => ({ number: number + 1, start }))
  // Of two requests the later one holds, whichever is answered first.
  const going = useRef<AbortController>(null)
  useEffect(() => () => going.current?.abort(), [])
  const goTo = (offset: number, isFound: boolean) => {
    going.current?.abort()
    const given = new AbortController()
    going.current = given
    loaded.around(offset, given.signal).then(
      (line) => show({ line, isFound }),
      (error: unknown) => {
        if (!given.signal.aborted) failed(text.olderFailed)(error)
      },
    )
  }
  const toEnd = () => {
    going.current?.abort()
    if (!output.live) loaded.toEnd()
    show(null)
  }
  // A button that has done its work goes, and must not take the keyboard with it.
  useEffect(() => {
    if (stretch.number === 0 || document.activeElement !== document.body) return
    view.current?.querySelector<HTMLElement>('[role="log"]')?.focus()
  }, [stretch.number])
  return (
    <div ref={view} className="flex h-full flex-col">
      <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-1 border-b py-0.5 pr-2 pl-4 text-muted text-xs">
        <span className="figures min-w-0 flex-1 truncate">
          {firstOffset(output) === 0 && output.live
            ? text.lines(lines.length)
            : text.part(lines.length)}
        </span>
        <LogSearchField taskId={taskId} onGo={(offset) => goTo(offset, true)} />
        {firstOffset(output) > 0 && (
          <IconButton
            small
            icon={ArrowUpToLine}
            label={text.toBeginning}
            onClick={() => goTo(0, false)}
          />
        )}
        {(!following || !output.live) && (
          <IconButton small icon={ArrowDownToLine} label={text.follow} onClick={toEnd} />
        )}
        <CopyButton text={() => plainText(output)} label={text.copy} />
      </div>
      <NotText of={output} />
      <Lines
        key={stretch.number}
        output={output}
        lines={lines}
        begin={stretch.start}
        loaded={loaded}
        onFollowing={setFollowing}
      />
    </div>
  )
}

interface LinesProps {
  readonly output: TaskOutput
  readonly lines: readonly Line[]
  readonly begin: Stretch['start']
  readonly loaded: LoadedOutput
  readonly onFollowing: (following: boolean) => void
}

/** More lines are read this long before the reader is at the last one that is known, in px. */
const NEAR_EDGE = 400
/** So much stands above a line that was found, in px. */
const ABOVE = -90

/** Follows the newest line until the reader scrolls away from it, unless it begins somewhere else. */
function Lines({ output, lines, begin, loaded, onFollowing }: LinesProps) {
  const text = useText().tasks.output
  const [start] = useState(begin && { index: begin.line, above: ABOVE })
  // By the line itself: its place changes when older ones are read.
  const [marked] = useState(() => (begin?.isFound ? lines[begin.line] : null))
  const { list, following, scrolled, keepUp } = useFollowEnd(lines.length, start, output.live)
  const reading = useRef(false)
  useEffect(() => onFollowing(following), [onFollowing, following])
  const read = (more: () => Promise<void>) => {
    if (reading.current) return
    reading.current = true
    more()
      .catch(failed(text.olderFailed))
      .finally(() => {
        reading.current = false
      })
  }
  const readOn = () => {
    const handle = list.current
    if (handle === null) return
    const below = handle.scrollSize - handle.scrollOffset - handle.viewportSize
    if (handle.scrollOffset < NEAR_EDGE && firstOffset(output) > 0) read(loaded.older)
    else if (below < NEAR_EDGE && !output.live) read(loaded.newer)
  }
  return (
    <VList
      ref={list}
      data={lines}
      itemSize={18}
      shift={output.changedAt === 'start'}
      tabIndex={0}
      role="log"
      aria-label={text.label}
      aria-live="off"
      className="min-h-0 flex-1 bg-code py-2 [overflow-anchor:none]"
      onScroll={(offset) => {
        scrolled(offset)
        readOn()
      }}
      onResize={keepUp}
    >
      {(line, index) => (
        <div key={index} className={cx(line === marked && 'bg-selected')}>
          <OutputLine line={line} />
        </div>
      )}
    </VList>
  )
}

interface LogSearchFieldProps {
  readonly taskId: TaskId
  readonly onGo: (offset: number) => void
}

/** Enter goes to the next line that was found, with Shift to the one before. */
function LogSearchField({ taskId, onGo }: LogSearchFieldProps) {
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
