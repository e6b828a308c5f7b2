import { CornerLeftUp, Folder, FolderGit2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { moveFocus } from '../../ui/move-focus.js'

type Listing = ResultOf<'workspace.browse'>

interface FolderBrowserProps {
  /** Where to begin; the home folder where this cannot be read. */
  readonly start: string
  readonly onPick: (path: string) => void
}

/** The host's folders, not this machine's: the two may differ. */
export function FolderBrowser({ start, onPick }: FolderBrowserProps) {
  const host = useHost()
  const text = useText().settings.workspaces
  const [begin] = useState(start)
  const [listing, setListing] = useState<Listing | null>(null)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    const given = new AbortController()
    const { signal } = given
    host
      .call('workspace.browse', begin ? { path: begin } : {}, { signal })
      .catch(() => host.call('workspace.browse', {}, { signal }))
      .then(setListing, (reason: unknown) => {
        if (!signal.aborted) setError(messageOf(reason))
      })
    return () => given.abort()
  }, [host, begin])

  const go = (path: string) => {
    host.call('workspace.browse', { path }).then(
      (next) => {
        setListing(next)
        setError(null)
        onPick(next.path)
      },
      (reason: unknown) => setError(messageOf(reason)),
    )
  }

  return (
    <div className="rounded-md border">
      <p
        className="truncate border-b px-3 py-1.5 font-mono text-muted text-xs"
        title={listing?.path}
      >
        {listing?.path ?? text.reading}
      </p>
      {error && <p className="border-b px-3 py-1.5 text-bad text-xs">{error}</p>}
      <div className="h-48 overflow-y-auto p-1" onKeyDown={moveFocus}>
        {listing?.parent && (
          <Row name={text.parent} icon={CornerLeftUp} onOpen={() => go(listing.parent ?? '')} />
        )}
        {listing?.folders.map((folder) => (
          <Row
            key={folder.path}
            name={folder.name}
            icon={folder.isProject ? FolderGit2 : Folder}
            note={folder.isProject ? text.projectNote : ''}
            onOpen={() => go(folder.path)}
          />
        ))}
        {listing?.folders.length === 0 && <p className="px-2 py-1 text-muted">{text.noFolders}</p>}
      </div>
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly icon: typeof Folder
  readonly note?: string
  readonly onOpen: () => void
}

function Row({ name, icon: Icon, note, onOpen }: RowProps) {
  return (
    <button
      type="button"
      data-row
      onClick={onOpen}
      className="flex h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover"
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {note && <span className="text-faint text-xs">{note}</span>}
    </button>
  )
}
