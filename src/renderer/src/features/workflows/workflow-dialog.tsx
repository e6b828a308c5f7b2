import { useState } from 'react'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { useRead } from '../../app/use-read.js'
import { useConversations } from '../../stores/conversations.js'
import { openDialog, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Dialog } from '../../ui/dialog.js'
import { folderName } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { WorkflowForm } from './workflow-form.js'

type Listed = ResultOf<'workflow.list'>

/** Starts a lead with a plan that is kept as a file. */
export function WorkflowDialog() {
  const text = useText().workflows
  const conversationId = useView((view) => view.conversationId)
  const workspace = useConversations((state) =>
    conversationId === null ? undefined : state.byId[conversationId]?.workspace,
  )
  const where = workspace ? { workspace } : {}
  const { value, error } = useRead('workflow.list', where, '')
  const [name, setName] = useState(useView.getState().workflow)
  const chosen = value?.workflows.find((workflow) => workflow.name === name)
  const close = () => openDialog(null)
  return (
    <Dialog
      title={chosen ? text.startOne(chosen.name) : text.startAny}
      wide
      holdsText
      onClose={close}
    >
      {chosen ? (
        <WorkflowForm
          key={chosen.name}
          workflow={chosen}
          {...where}
          onBack={() => setName(null)}
          onClose={close}
        />
      ) : (
        <div className="min-h-0 overflow-y-auto px-5 py-4">
          {error !== null && (
            <p role="alert" className="break-words text-bad">
              {text.notRead(error)}
            </p>
          )}
          {value === null && error === null && <SkeletonRows rows={4} />}
          {value !== null && <WorkflowList {...value} onChoose={setName} />}
        </div>
      )}
    </Dialog>
  )
}

function WorkflowList({
  workflows,
  problems,
  onChoose,
}: Listed & { readonly onChoose: (name: string) => void }) {
  const text = useText().workflows
  return (
    <>
      {workflows.length === 0 && <p className="text-muted">{text.none}</p>}
      <ul className="flex flex-col gap-2">
        {workflows.map(({ name, description, source, parts }) => (
          <li key={name}>
            <button
              type="button"
              className="block w-full rounded-[10px] border px-3.5 py-2.5 text-left transition-colors hover:bg-hover"
              onClick={() => onChoose(name)}
            >
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                <span className="figures shrink-0 text-muted text-xs">
                  {text.parts(parts.length)} · {text.sources[source]}
                </span>
              </span>
              <span className="mt-0.5 block break-words text-muted">{description}</span>
            </button>
          </li>
        ))}
      </ul>
      {problems.length > 0 && (
        <details className="mt-4 text-xs">
          <summary className="w-fit rounded text-muted hover:text-text">
            {text.problems(problems.length)}
          </summary>
          <ul className="mt-1.5 flex flex-col gap-1">
            {problems.map(({ path, line, message, severity }) => (
              <li key={`${path}:${line}:${message}`} className="break-words" title={path}>
                <span className={severity === 'error' ? 'text-bad' : 'text-warn'}>
                  {`${folderName(path)}:${line}`}
                </span>
                {` ${message}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
