import { Trash2 } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { ResultOf } from '../../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../../shared/rpc/errors.js'
import { useHost } from '../../../app/host.js'
import type { Settings } from '../../../stores/settings.js'
import { useText } from '../../../text/text.js'
import { Button } from '../../../ui/button.js'
import { failed } from '../../../ui/failure.js'
import { Field } from '../../../ui/field.js'
import { folderName } from '../../../ui/format.js'
import { IconButton } from '../../../ui/icon-button.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { fieldErrors } from '../field-errors.js'
import { FolderBrowser } from '../folder-browser.js'
import { SettingRow } from '../setting-row.js'
import { useSaver } from '../use-saving.js'

type Listed = ResultOf<'workspace.list'>['workspaces']

/** The folders that a person works in; one of them is where work happens that names none. */
export function WorkspacesSection({ settings }: { readonly settings: Settings }) {
  const host = useHost()
  const saver = useSaver()
  const [listed, setListed] = useState<Listed | null>(null)
  const [error, setError] = useState<string | null>(null)
  const known = settings.workspaces.join('\n')
  useEffect(() => {
    const given = new AbortController()
    // What other windows change is read again too.
    void known
    host.call('workspace.list', {}, { signal: given.signal }).then(
      ({ workspaces }) => setListed(workspaces),
      (reason: unknown) => {
        if (!given.signal.aborted) setError(messageOf(reason))
      },
    )
    return () => given.abort()
  }, [host, known])
  return (
    <SettingRow item="workspaces" saving={saver} error={error} below>
      {() => (
        <>
          {listed === null && error === null && <SkeletonRows rows={3} />}
          <ul className="divide-y rounded-md border">
            {listed?.map((workspace) => (
              <Folder
                key={workspace.path}
                workspace={workspace}
                onDefault={() => saver.save({ workspace: workspace.path })}
              />
            ))}
          </ul>
          <AddFolder start={settings.workspace} />
        </>
      )}
    </SettingRow>
  )
}

interface FolderProps {
  readonly workspace: Listed[number]
  readonly onDefault: () => void
}

function Folder({ workspace, onDefault }: FolderProps) {
  const { path, isDefault, exists, isProject } = workspace
  const host = useHost()
  const text = useText().settings.workspaces
  const remove = () => {
    host.call('workspace.remove', { path }).catch(failed(text.notRemoved))
  }
  return (
    <li className="flex items-center gap-2 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-medium">{folderName(path)}</span>
          {isProject && <span className="text-faint text-xs">{text.project}</span>}
          {!exists && <span className="text-warn text-xs">{text.missing}</span>}
        </p>
        <p className="break-all font-mono text-muted text-xs">{path}</p>
      </div>
      {isDefault ? (
        <span className="shrink-0 px-2 text-muted text-xs">{text.isDefault}</span>
      ) : (
        <>
          <Button small disabled={!exists} onClick={onDefault}>
            {text.makeDefault}
          </Button>
          <IconButton small icon={Trash2} label={text.remove(path)} onClick={remove} />
        </>
      )}
    </li>
  )
}

function AddFolder({ start }: { readonly start: string }) {
  const host = useHost()
  const text = useText().settings.workspaces
  const [path, setPath] = useState('')
  const [browsing, setBrowsing] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const add = (event: FormEvent) => {
    event.preventDefault()
    host.call('workspace.add', { path: path.trim() }).then(
      () => {
        setPath('')
        setError(null)
      },
      (reason: unknown) => {
        const { workspace, form } = fieldErrors(reason, ['workspace'])
        setError(workspace ?? form ?? null)
      },
    )
  }
  return (
    <form onSubmit={add} className="mt-2 flex flex-col gap-2">
      <Field
        label={text.add}
        hint={text.addHint}
        value={path}
        error={error}
        onChange={(event) => {
          setPath(event.currentTarget.value)
          setError(null)
        }}
        after={
          <>
            <Button aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
              {text.browse}
            </Button>
            <Button type="submit" disabled={path.trim() === ''}>
              {text.addIt}
            </Button>
          </>
        }
      />
      {browsing && <FolderBrowser start={path || start} onPick={setPath} />}
    </form>
  )
}
