import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { FileDiff } from '../../../../shared/model/worktree.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { Counts, StatusLetter } from './changes-overview.js'
import type { DiffRow } from './diff-rows.js'

interface FileHeadProps {
  readonly row: Extract<DiffRow, { kind: 'file' }>
  readonly stop: 0 | -1
  readonly onToggle: () => void
}

/** The name of a file over its lines, which it shows or hides. */
export function FileHead({ row, stop, onToggle }: FileHeadProps) {
  const { file, open, key } = row
  return (
    <h3 className="border-y bg-bg">
      <button
        type="button"
        data-key={key}
        tabIndex={stop}
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full items-baseline gap-1.5 px-2 py-1.5 text-left text-xs hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={13}
          className={cx('shrink-0 self-center', open && 'rotate-90')}
        />
        <StatusLetter file={file} />
        <span className="min-w-0 flex-1 break-all font-medium font-mono">{file.path}</span>
        <Counts file={file} />
      </button>
    </h3>
  )
}

interface NoteProps {
  readonly file: FileDiff
  readonly text: string
  readonly load: (path: string) => Promise<void>
}

/** Why lines are missing, and where they can be had the way to them. */
export function FileNote({ file, text, load }: NoteProps) {
  const words = useText().changes
  const [loading, setLoading] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const mayLoad = file.omitted !== undefined && !file.binary && file.status !== 'submodule'
  const onLoad = () => {
    setLoading(true)
    setError(null)
    load(file.path)
      .catch((reason: unknown) => setError(messageOf(reason)))
      .finally(() => setLoading(false))
  }
  return (
    <div className="px-4 py-2 font-sans">
      <p className="break-words text-muted">{capitalised(text)}</p>
      {mayLoad && (
        <Button small className="mt-1.5" disabled={loading} onClick={onLoad}>
          {loading ? words.reading : words.showFile}
        </Button>
      )}
      {error && (
        <p role="alert" className="mt-1 break-words text-bad">
          {words.fileNotRead(error)}
        </p>
      )}
    </div>
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

interface LineProps {
  readonly row: Extract<DiffRow, { kind: 'line' }>
  readonly stop: 0 | -1
  readonly onComment: () => void
}

const TINTS = { context: '', added: 'bg-added', deleted: 'bg-bad-soft' } as const
const SIGNS = { context: ' ', added: '+', deleted: '−' } as const

/** One line with its numbers, which are the button for saying something to it. */
export function CodeLine({ row, stop, onComment }: LineProps) {
  const text = useText().changes
  const { line, place, key } = row
  return (
    <div className={cx('flex font-mono text-[0.75rem] leading-[18px]', TINTS[line.kind])}>
      <button
        type="button"
        data-key={key}
        tabIndex={stop}
        title={text.comment.add}
        onClick={onComment}
        className="figures relative flex shrink-0 self-stretch text-muted hover:bg-selected hover:text-text"
      >
        <span className="sr-only">
          {text.lines[line.kind]} {place.line}: {line.text.slice(0, 200)}
        </span>
        <Figure value={line.oldLine} />
        <Figure value={line.newLine} />
      </button>
      <span aria-hidden className="w-4 shrink-0 select-none text-center text-muted">
        {SIGNS[line.kind]}
      </span>
      <span className="min-h-[18px] min-w-0 flex-1 whitespace-pre-wrap break-all pr-2">
        {line.text}
      </span>
    </div>
  )
}

function Figure({ value }: { readonly value: number | undefined }) {
  return (
    <span aria-hidden className="min-w-9 px-1 text-right">
      {value}
    </span>
  )
}
