import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { FileDiff } from '../../../../shared/model/worktree.js'
import { linesWithDrafts } from '../../stores/drafts.js'
import { useText } from '../../text/text.js'
import { type DiffRow, diffRows, fileKey, keyOf, stepFrom } from './diff-rows.js'
import { RowView } from './row-view.js'
import type { KnownComments } from './use-changes.js'

interface DiffViewProps {
  readonly taskId: TaskId
  readonly files: readonly FileDiff[]
  readonly known: KnownComments
  readonly loadFile: (path: string) => Promise<void>
  /** Stands above the first file; it is given the way to a file. */
  readonly above: (show: (path: string) => void) => ReactNode
}

/** The changes of all files, one below the other; only what is in sight is on the page. */
export function DiffView({ taskId, files, known, loadFile, above }: DiffViewProps) {
  const words = useText().changes
  const list = useRef<VListHandle>(null)
  const [shut, setShut] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string | null>(null)
  const [writing, setWriting] = useState<ReadonlySet<string>>(
    () => new Set(linesWithDrafts(taskId).map(keyOf)),
  )
  const { comments } = known
  const rows = useMemo(
    () => diffRows({ files, shut, comments, writing }, words.notes),
    [files, shut, comments, writing, words],
  )
  const activeIndex = rows.findIndex(({ key }) => key === active)
  const goTo = (index: number) => {
    const key = rows[index]?.key
    if (key === undefined) return
    setActive(key)
    list.current?.scrollToIndex(index + 1, { align: 'nearest' })
    focusRow(key)
  }
  const show = (path: string) => {
    const index = rows.findIndex(({ key }) => key === fileKey(path))
    if (index === -1) return
    setActive(fileKey(path))
    list.current?.scrollToIndex(index + 1, { align: 'start' })
    focusRow(fileKey(path))
  }
  const close = (key: string) => {
    setWriting(without(writing, key))
    focusRow(key)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event)
    if (move === null) return
    event.preventDefault()
    const next = stepFrom(rows, active, move.step, move.filesOnly)
    if (next !== null) goTo(next)
  }
  const first = rows[0]?.key
  const toggle = (row: DiffRow) => {
    if (row.kind !== 'file') return
    setActive(row.key)
    setShut(toggled(shut, row.file.path))
  }
  const write = (key: string) => {
    setActive(key)
    setWriting(new Set([...writing, key]))
  }
  return (
    <VList
      ref={list}
      role="group"
      aria-label={words.diff}
      tabIndex={-1}
      className="min-h-0 flex-1 bg-code"
      // What is above holds texts and dialogs, and the active row the focus.
      keepMounted={activeIndex === -1 ? [0] : [0, activeIndex + 1]}
      onKeyDown={onKeyDown}
      onFocus={(event) =>
        setActive(event.target.closest<HTMLElement>('[data-key]')?.dataset.key ?? active)
      }
    >
      <div key="above" className="bg-bg">
        {above(show)}
      </div>
      {rows.map((row) => (
        <div key={row.key}>
          <RowView
            taskId={taskId}
            row={row}
            stop={row.key === (active ?? first) ? 0 : -1}
            isWritten={writing.has(row.key)}
            known={known}
            loadFile={loadFile}
            onToggle={() => toggle(row)}
            onWrite={write}
            onClose={close}
          />
        </div>
      ))}
    </VList>
  )
}

interface Move {
  readonly step: 1 | -1
  readonly filesOnly: boolean
}

const MOVES: Readonly<Record<string, Move>> = {
  n: { step: 1, filesOnly: true },
  p: { step: -1, filesOnly: true },
  ArrowDown: { step: 1, filesOnly: false },
  ArrowUp: { step: -1, filesOnly: false },
}

function moveOf(event: KeyboardEvent): Move | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const { target } = event
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) return null
  return MOVES[event.key] ?? null
}

/** Once the list has put the row on the page, for which it takes a frame to measure. */
function focusRow(key: string): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      document
        .querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
        ?.focus({ preventScroll: true })
    })
  })
}

function toggled(paths: ReadonlySet<string>, path: string): ReadonlySet<string> {
  return paths.has(path) ? without(paths, path) : new Set([...paths, path])
}

function without(keys: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  return new Set([...keys].filter((key) => key !== gone))
}
