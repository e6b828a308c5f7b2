import { GitBranch, GitMerge, Trash2, Wand2 } from 'lucide-react'
import { useState } from 'react'
import type { ChangedFile, Worktree } from '../../../../shared/model/worktree.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { Field } from '../../ui/field.js'
import { FormDialog, textIn } from '../agents/form-dialog.js'
import { isOpen, lossText } from './change-text.js'

interface DecisionProps {
  readonly worktree: Worktree
  readonly files: readonly ChangedFile[]
}

/** What becomes of the changes; the outcome comes as an event, a refusal stands below the buttons. */
export function Decision({ worktree, files }: DecisionProps) {
  const words = useText().changes
  const text = words.decision
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [asks, setAsks] = useState<'branch' | 'discard' | null>(null)
  if (!isOpen(worktree)) return null
  const { taskId, state, branch } = worktree
  const run = (what: string, work: () => Promise<unknown>) => {
    // They are not switched off meanwhile, which would take the focus from them.
    if (busy) return
    setBusy(true)
    setError(null)
    work()
      .catch((reason: unknown) => setError(`${what}: ${messageOf(reason)}`))
      .finally(() => setBusy(false))
  }
  const resolve = () =>
    run(text.notResolved, async () => {
      showTask((await host.call('change.resolve', { taskId })).taskId)
    })
  const mayResolve = state === 'conflicted' && branch !== undefined
  return (
    <div className="mt-2">
      <div className="flex flex-wrap gap-2">
        {mayResolve && (
          <Button small kind="primary" aria-disabled={busy} onClick={resolve}>
            <Wand2 aria-hidden size={12} /> {text.resolve}
          </Button>
        )}
        <Button
          small
          kind={mayResolve ? 'secondary' : 'primary'}
          aria-disabled={busy}
          onClick={() => run(text.notApplied, () => host.call('change.apply', { taskId }))}
        >
          <GitMerge aria-hidden size={12} /> {state === 'conflicted' ? text.applyAgain : text.apply}
        </Button>
        {branch !== undefined && (
          <Button small aria-disabled={busy} onClick={() => setAsks('branch')}>
            <GitBranch aria-hidden size={12} /> {text.keep}
          </Button>
        )}
        <Button small aria-disabled={busy} onClick={() => setAsks('discard')}>
          <Trash2 aria-hidden size={12} /> {text.discard}
        </Button>
      </div>
      {error && (
        <p role="alert" className="mt-2 break-words text-bad">
          {error}
        </p>
      )}
      {asks === 'branch' && (
        <FormDialog
          title={text.keepTitle}
          description={text.keepHint}
          submit={text.keepIt}
          fields={['name']}
          send={(data) => host.call('change.branch', { taskId, name: textIn(data, 'name') })}
          onClose={() => setAsks(null)}
        >
          {(errors) => (
            <Field
              label={text.branchName}
              name="name"
              defaultValue={branch}
              error={errors.name}
              maxLength={200}
            />
          )}
        </FormDialog>
      )}
      {asks === 'discard' && (
        <ConfirmDialog
          title={text.askDiscard}
          description={lossText(worktree, files, words)}
          confirm={text.discardIt}
          onConfirm={() => run(text.notDiscarded, () => host.call('change.discard', { taskId }))}
          onClose={() => setAsks(null)}
        />
      )}
    </div>
  )
}
