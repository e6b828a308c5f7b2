import { Bookmark, Trash2 } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { SavedSearch } from '../../../../shared/model/history.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { askHistory, savedFilterOf, useHistory } from '../../stores/history.js'
import { currentText, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { Field } from '../../ui/field.js'
import { IconButton } from '../../ui/icon-button.js'
import { Menu, MenuItem } from '../../ui/menu.js'

/** Searches that are kept by name: made again with one choice. */
export function SavedMenu() {
  const text = useText().history.saved
  const saved = useHistory((state) => state.saved)
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  useSaved()
  return (
    <>
      <Menu
        trigger={
          <Button small kind="quiet">
            <Bookmark aria-hidden size={13} /> {text.menu}
          </Button>
        }
      >
        {saved.map((search) => (
          <MenuItem key={search.searchId} onSelect={() => apply(search)}>
            {search.name}
          </MenuItem>
        ))}
        {saved.length === 0 && <p className="px-2 py-1 text-muted text-xs">{text.none}</p>}
        <MenuItem onSelect={() => setOpen('save')}>{text.save}…</MenuItem>
        {saved.length > 0 && <MenuItem onSelect={() => setOpen('manage')}>{text.manage}…</MenuItem>}
      </Menu>
      {open === 'save' && <SaveDialog onClose={() => setOpen(null)} />}
      {open === 'manage' && <ManageDialog onClose={() => setOpen(null)} />}
    </>
  )
}

function useSaved(): void {
  const host = useHost()
  const ready = useConnection((state) => state.phase.name === 'ready')
  useEffect(() => {
    if (!ready) return
    host.call('history.saved.list', {}).then(
      ({ searches }) => useHistory.setState({ saved: searches }),
      (error: unknown) => console.warn(`the saved searches were not read: ${messageOf(error)}`),
    )
  }, [host, ready])
}

function apply({ filter: { span, ...filter } }: SavedSearch): void {
  const hasSpan = filter.from !== undefined || filter.to !== undefined
  askHistory({ filter, span: span ?? (hasSpan ? 'range' : 'any') })
}

function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText().history.saved
  const host = useHost()
  const [name, setName] = useState(() => useHistory.getState().question.filter.query ?? '')
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const filter = savedFilterOf(useHistory.getState().question)
    host.call('history.saved.save', { name, filter }).then(onClose, (reason: unknown) => {
      setError(messageOf(reason))
    })
  }
  return (
    <Dialog title={text.save} holdsText onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-5">
        <Field
          label={text.name}
          autoFocus
          maxLength={100}
          value={name}
          error={error}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="flex justify-end">
          <Button type="submit" kind="primary" disabled={name.trim() === ''}>
            {text.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function ManageDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText().history.saved
  const host = useHost()
  const saved = useHistory((state) => state.saved)
  return (
    <Dialog title={text.manage} holdsText onClose={onClose}>
      <ul className="flex flex-col gap-2 overflow-y-auto p-5">
        {saved.map((search) => (
          <li key={search.searchId} className="flex items-center gap-2">
            <input
              aria-label={text.rename(search.name)}
              defaultValue={search.name}
              maxLength={100}
              className="h-8 min-w-0 flex-1 rounded-md border bg-surface px-2.5"
              onBlur={(event) => rename(host, search, event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
            <IconButton
              icon={Trash2}
              label={text.delete(search.name)}
              onClick={() => {
                const { searchId } = search
                host.call('history.saved.delete', { searchId }).catch(failed(text.notDeleted))
              }}
            />
          </li>
        ))}
        {saved.length === 0 && <li className="text-muted">{text.none}</li>}
      </ul>
    </Dialog>
  )
}

function rename(host: Host, { searchId, name, filter }: SavedSearch, given: string): void {
  const wanted = given.trim()
  if (wanted === '' || wanted === name) return
  host
    .call('history.saved.save', { searchId, name: wanted, filter })
    .catch(failed(currentText().history.saved.notSaved))
}
