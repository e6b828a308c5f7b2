import { Download, GitCompare, RotateCcw, X } from 'lucide-react'
import type { ExportFormat } from '../../../../shared/model/history.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { clearSelected, useHistory } from '../../stores/history.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { IconButton } from '../../ui/icon-button.js'
import { Menu, MenuItem } from '../../ui/menu.js'
import { exportEntries } from './export-entries.js'
import { runAgain } from './run-again.js'

const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'markdown']

/** What can be done with what was found, or with what of it is selected. */
export function SelectionBar() {
  const text = useText().history
  const host = useHost()
  const selected = useHistory((state) => state.selected)
  const hasEntries = useHistory((state) => (state.entries?.length ?? 0) > 0)
  const ids = [...selected]
  const [first, second] = ids
  const isPair = ids.length === 2 && first !== undefined && second !== undefined
  return (
    <div className="flex h-10 shrink-0 items-center gap-1.5 border-b px-3">
      <output className="min-w-0 flex-1 truncate text-muted text-xs">
        {ids.length > 0 ? text.selected(ids.length) : text.compareHint}
      </output>
      {ids.length > 0 && (
        <IconButton small icon={X} label={text.unselect} onClick={clearSelected} />
      )}
      <Button
        small
        disabled={!isPair}
        onClick={() => isPair && useHistory.setState({ comparing: inOrder(first, second) })}
      >
        <GitCompare aria-hidden size={13} /> {text.compare}
      </Button>
      <Button small disabled={ids.length === 0} onClick={() => void runAgain(host, ids)}>
        <RotateCcw aria-hidden size={13} /> {text.rerun}
      </Button>
      <Menu
        trigger={
          <Button small disabled={!hasEntries}>
            <Download aria-hidden size={13} /> {text.export}
          </Button>
        }
      >
        {FORMATS.map((format) => (
          <MenuItem key={format} onSelect={() => void exportEntries(host, format, ids)}>
            {text.exportAs[format]}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

/** The older one first, whichever was selected first. */
function inOrder(a: TaskId, b: TaskId): readonly [TaskId, TaskId] {
  const createdAt = (id: TaskId) =>
    useHistory.getState().entries?.find((entry) => entry.kind === 'task' && entry.taskId === id)
      ?.createdAt ?? 0
  return createdAt(a) <= createdAt(b) ? [a, b] : [b, a]
}
