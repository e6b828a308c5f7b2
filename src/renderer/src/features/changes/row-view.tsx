import type { TaskId } from '../../../../shared/model/ids.js'
import type { LineComment } from '../../../../shared/model/worktree.js'
import { useHost } from '../../app/host.js'
import { type LinePlace, nameOfComment, nameOfLine } from '../../stores/drafts.js'
import { useText } from '../../text/text.js'
import { CommentForm } from './comment-form.js'
import { CommentRow } from './comment-row.js'
import { CodeLine, FileHead, FileNote } from './diff-row-view.js'
import { type DiffRow, keyOf } from './diff-rows.js'
import type { KnownComments } from './use-changes.js'

interface RowViewProps {
  readonly taskId: TaskId
  readonly row: DiffRow
  readonly stop: 0 | -1
  /** Whether the text of a comment is being changed. */
  readonly isWritten: boolean
  readonly known: KnownComments
  readonly loadFile: (path: string) => Promise<void>
  readonly onToggle: () => void
  readonly onWrite: (key: string) => void
  readonly onClose: (key: string) => void
}

export function RowView(props: RowViewProps) {
  const { taskId, row, stop, isWritten, known, loadFile, onToggle, onWrite, onClose } = props
  const text = useText().changes.comment
  const { comment, change } = useCommenting(taskId, known)
  switch (row.kind) {
    case 'file':
      return <FileHead row={row} stop={stop} onToggle={onToggle} />
    case 'note':
      return <FileNote file={row.file} text={row.text} load={loadFile} />
    case 'hunk':
      return <p className="truncate bg-bg px-2 py-0.5 font-mono text-muted text-xs">{row.header}</p>
    case 'line':
      return <CodeLine row={row} stop={stop} onComment={() => onWrite(row.key)} />
    case 'form':
      return (
        <CommentForm
          label={text.onLine(row.place.line)}
          draft={nameOfLine(taskId, row.place)}
          save={(text) => comment(row.place, text)}
          onClose={() => onClose(keyOf(row.place))}
        />
      )
    case 'comment':
      return isWritten ? (
        <CommentForm
          label={text.onLine(row.comment.line)}
          draft={nameOfComment(row.comment.id)}
          text={row.comment.text}
          save={(text) => change(row.comment, text)}
          onClose={() => onClose(row.key)}
        />
      ) : (
        <CommentRow
          comment={row.comment}
          onEdit={() => onWrite(row.key)}
          onDeleted={() => known.remove(row.comment.id)}
        />
      )
  }
}

function useCommenting(taskId: TaskId, known: KnownComments) {
  const host = useHost()
  const comment = async (place: LinePlace, text: string) => {
    known.add((await host.call('change.comment', { taskId, ...place, text })).comment)
  }
  /** The old one goes only once the new one is kept. */
  const change = async (old: LineComment, text: string) => {
    const { path, line, side } = old
    await comment({ path, line, side }, text)
    await host.call('change.uncomment', { commentId: old.id })
    known.remove(old.id)
  }
  return { comment, change }
}
