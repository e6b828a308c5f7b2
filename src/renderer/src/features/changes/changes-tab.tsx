import type { TaskArtifacts, TaskView } from '../../../../shared/model/task.js'
import { useText } from '../../text/text.js'
import { formatNumber } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { ChangesOverview } from './changes-overview.js'
import { withLoaded } from './diff-rows.js'
import { DiffView } from './diff-view.js'
import { SendComments } from './send-comments.js'
import { type KnownChanges, useComments, useDiff } from './use-changes.js'

interface ChangesTabProps {
  readonly task: TaskView
  readonly changes: KnownChanges
  readonly artifacts: TaskArtifacts | undefined
}

/** What a task changed, and what becomes of it. */
export function ChangesTab({ task, changes, artifacts }: ChangesTabProps) {
  const text = useText().changes
  const { worktree, files, error, readAgain } = changes
  if (worktree === null) {
    if (error !== null) return <p className="p-4 text-bad">{text.notRead(error)}</p>
    return <InPlace artifacts={artifacts} />
  }
  if (files === null && error === null) return <SkeletonRows rows={6} />
  if (worktree.kind === 'in_place') {
    return (
      <div className="h-full overflow-y-auto">
        <ChangesOverview worktree={worktree} files={[]} onShow={noFile} onReadAgain={readAgain} />
        <InPlace artifacts={artifacts} />
      </div>
    )
  }
  return <Diff taskId={task.id} changes={changes} />
}

function noFile(): void {
  // In place there is no diff that could be shown.
}

function InPlace({ artifacts }: Pick<ChangesTabProps, 'artifacts'>) {
  const text = useText().changes
  const files = artifacts?.files ?? []
  if (files.length === 0) {
    return <p className="px-4 py-3 text-muted">{text.noFiles}</p>
  }
  return (
    <section aria-label={text.files} className="px-4 py-3">
      <p className="text-muted">
        {text.inPlace(text.fileCount(files.length, formatNumber(files.length)))}
      </p>
      <ul className="mt-2 font-mono text-xs">
        {files.map((file) => (
          <li key={file} className="break-all">
            {file}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Diff({
  taskId,
  changes,
}: {
  readonly taskId: TaskView['id']
  readonly changes: KnownChanges
}) {
  const text = useText().changes
  const { worktree, files, stand, readAgain } = changes
  const diff = useDiff(taskId, stand)
  const known = useComments(taskId, stand)
  if (worktree === null) return null
  const error = changes.error ?? diff.error ?? known.error
  return (
    <div className="flex h-full flex-col">
      {error !== null && (
        <p role="alert" className="shrink-0 break-words px-4 pt-3 text-bad">
          {text.notRead(error)}
        </p>
      )}
      <DiffView
        taskId={taskId}
        files={withLoaded(diff.files ?? [], diff.loaded)}
        known={known}
        loadFile={diff.loadFile}
        above={(show) => (
          <>
            <ChangesOverview
              worktree={worktree}
              files={files ?? []}
              onShow={show}
              onReadAgain={readAgain}
            />
            {diff.files === null && diff.error === null && <SkeletonRows rows={5} />}
          </>
        )}
      />
      <SendComments taskId={taskId} comments={known.comments} onSent={known.readAgain} />
    </div>
  )
}
