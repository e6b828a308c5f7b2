import { useState } from 'react'
import { toast } from 'sonner'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Checkpoint } from '../../../../shared/rpc/checkpoint.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useRead } from '../../app/use-read.js'
import { useCheckpoints } from '../../stores/checkpoints.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { formatMoment } from '../../ui/format.js'
import { isolated } from '../../ui/isolated.js'
import { useNow } from '../../ui/time.js'

/** Saved states of a team, to go back to. */
export function CheckpointSection({ taskId }: { readonly taskId: TaskId }) {
  const host = useHost()
  const text = useText().plans.checkpoints
  const moves = useCheckpoints((state) => state.moves)
  const { value, error } = useRead('checkpoint.list', { taskId }, String(moves))
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const save = () => {
    setSaving(true)
    setRefused(null)
    host
      .call('checkpoint.create', { taskId })
      .then(() => toast(text.saved))
      .catch((reason: unknown) => setRefused(messageOf(reason)))
      .finally(() => setSaving(false))
  }
  return (
    <section aria-label={text.title} className="border-t pt-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 font-medium">{text.title}</h3>
        <Button small disabled={saving} onClick={save}>
          {text.save}
        </Button>
      </div>
      {(refused ?? error) !== null && (
        <p role="alert" className="mt-1.5 break-words text-bad">
          {refused ?? error}
        </p>
      )}
      {value?.checkpoints.length === 0 && <p className="mt-1 text-muted text-xs">{text.hint}</p>}
      <ul className="mt-1.5 flex flex-col gap-1">
        {value?.checkpoints.map((checkpoint) => (
          <Row key={checkpoint.id} checkpoint={checkpoint} />
        ))}
      </ul>
    </section>
  )
}

function Row({ checkpoint }: { readonly checkpoint: Checkpoint }) {
  const host = useHost()
  const text = useText().plans.checkpoints
  const now = useNow()
  const [asking, setAsking] = useState(false)
  const { id: checkpointId, name, createdAt, parts, workspaces } = checkpoint
  const restore = () => {
    host
      .call('checkpoint.restore', { checkpointId })
      .then(({ taskId }) => {
        toast(text.restored)
        showTask(taskId)
      })
      .catch(failed(text.notRestored))
  }
  const remove = () => {
    host.call('checkpoint.delete', { checkpointId }).catch(failed(text.notDeleted))
  }
  return (
    <li className="flex items-center gap-2">
      <div className="min-w-0 flex-1">
        <p className="truncate" title={name}>
          {name}
        </p>
        <p className="figures text-muted text-xs">
          {text.standing(formatMoment(createdAt, now), parts.completed, parts.open)}
          {workspaces > 0 && ` · ${text.workspaces(workspaces)}`}
        </p>
      </div>
      <Button small aria-label={text.restoreOne(name)} onClick={restore}>
        {text.restore}
      </Button>
      <Button small kind="quiet" aria-label={text.removeOne(name)} onClick={() => setAsking(true)}>
        {text.remove}
      </Button>
      {asking && (
        <ConfirmDialog
          title={text.askRemove}
          description={text.removeHint(isolated(name))}
          confirm={text.remove}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
