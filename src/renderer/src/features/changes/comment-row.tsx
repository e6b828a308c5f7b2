import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { LineComment } from '../../../../shared/model/worktree.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { IconButton } from '../../ui/icon-button.js'

interface CommentRowProps {
  readonly comment: LineComment
  /** Absent once it was given to an agent. */
  readonly onEdit: () => void
  readonly onDeleted: () => void
}

export function CommentRow({ comment, onEdit, onDeleted }: CommentRowProps) {
  const host = useHost()
  const [error, setError] = useState<string | null>(null)
  const words = useText().changes.comment
  const { id, text, line, side, sentTo, taskId } = comment
  const remove = () => {
    setError(null)
    host.call('change.uncomment', { commentId: id }).then(onDeleted, (reason: unknown) => {
      setError(messageOf(reason))
    })
  }
  return (
    <article
      aria-label={side === 'old' ? words.onOldLine(line) : words.onLine(line)}
      className="border-y bg-surface px-3 py-2 font-sans"
    >
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 whitespace-pre-wrap break-words">{text}</p>
        {sentTo === undefined && (
          <>
            <IconButton small icon={Pencil} label={words.changeIt} onClick={onEdit} />
            <IconButton small icon={Trash2} label={words.deleteIt} onClick={remove} />
          </>
        )}
      </div>
      <p className="mt-0.5 text-muted text-xs">
        {sentTo === undefined && words.notSent}
        {sentTo === taskId && words.given}
        {sentTo !== undefined && sentTo !== taskId && (
          <button
            type="button"
            className="text-accent-text hover:underline"
            onClick={() => showTask(sentTo)}
          >
            {words.showTask}
          </button>
        )}
      </p>
      {error && (
        <p role="alert" className="mt-1 break-words text-bad">
          {words.notDeleted(error)}
        </p>
      )}
    </article>
  )
}
