import { RefreshCw } from 'lucide-react'
import type { ChangedFile, Worktree } from '../../../../shared/model/worktree.js'
import { useText } from '../../text/text.js'
import { IconButton } from '../../ui/icon-button.js'
import { countsOf, letterOf, stateText, statusText } from './change-text.js'
import { Decision } from './decision.js'

interface ChangesOverviewProps {
  readonly worktree: Worktree
  readonly files: readonly ChangedFile[]
  readonly onShow: (path: string) => void
  readonly onReadAgain: () => void
}

/** How the changes stand, what can be decided about them, and in which files they are. */
export function ChangesOverview(props: ChangesOverviewProps) {
  const text = useText().changes
  const { worktree, files, onShow, onReadAgain } = props
  const { note, conflicts = [], state } = worktree
  return (
    <section aria-label={text.stateOf} className="px-4 pt-3 pb-2 font-sans">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 break-words font-medium">{stateText(worktree, files, text)}</p>
        <IconButton small icon={RefreshCw} label={text.readAgain} onClick={onReadAgain} />
      </div>
      {note && <p className="mt-1 break-words text-muted">{note}</p>}
      {state === 'conflicted' && conflicts.length > 0 && (
        <ul
          aria-label={text.conflicts}
          className="mt-2 rounded-md border border-bad/40 bg-bad-soft px-3 py-2 font-mono text-xs"
        >
          {conflicts.map((path) => (
            <li key={path} className="break-all">
              {path}
            </li>
          ))}
        </ul>
      )}
      <Decision worktree={worktree} files={files} />
      {files.length > 0 && <FileList files={files} onShow={onShow} />}
    </section>
  )
}

interface FileListProps {
  readonly files: readonly ChangedFile[]
  readonly onShow: (path: string) => void
}

function FileList({ files, onShow }: FileListProps) {
  return (
    <ul aria-label={useText().changes.files} className="-mx-2 mt-2 text-xs">
      {files.map((file) => (
        <li key={file.path}>
          <button
            type="button"
            onClick={() => onShow(file.path)}
            className="flex w-full items-baseline gap-2 rounded px-2 py-1 text-left hover:bg-hover"
          >
            <StatusLetter file={file} />
            <span className="min-w-0 flex-1 break-all font-mono">
              {file.oldPath !== undefined && <span className="text-muted">{file.oldPath} → </span>}
              {file.path}
            </span>
            <Counts file={file} />
          </button>
        </li>
      ))}
    </ul>
  )
}

const COLORS: Readonly<Partial<Record<ChangedFile['status'], string>>> = {
  added: 'text-good',
  deleted: 'text-bad',
}

export function StatusLetter({ file }: { readonly file: ChangedFile }) {
  const status = statusText(file, useText().changes)
  return (
    <span className={`w-3 shrink-0 font-mono font-semibold ${COLORS[file.status] ?? 'text-warn'}`}>
      <span aria-hidden title={status}>
        {letterOf(file)}
      </span>
      <span className="sr-only">{status}: </span>
    </span>
  )
}

export function Counts({ file }: { readonly file: ChangedFile }) {
  const text = useText().changes
  if (file.binary) return <span className="shrink-0 text-muted">{text.binary}</span>
  return <span className="figures shrink-0 text-muted">{countsOf(file)}</span>
}
