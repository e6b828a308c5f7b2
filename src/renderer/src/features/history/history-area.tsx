import { History, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import type { HistoryEntry } from '../../../../shared/model/history.js'
import { useIsWide } from '../../app/is-wide.js'
import { useConnection } from '../../stores/connection.js'
import { useHistory } from '../../stores/history.js'
import { closeTask, selectTask, useView } from '../../stores/view.js'
import { useText, useWords } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { CompareView } from './compare-view.js'
import { EntryDetail } from './entry-detail.js'
import { ResultList } from './result-list.js'
import { SavedMenu } from './saved-menu.js'
import { SearchBar } from './search-bar.js'
import { SelectionBar } from './selection-bar.js'
import { useHistorySearch } from './use-history-search.js'

/** Everything that was done and said: searched, filtered, compared, exported, done again. */
export function HistoryArea() {
  const text = useText().history
  const wide = useIsWide()
  const { more, again } = useHistorySearch()
  const { side, open } = useSide()
  const sideOnly = !wide && side !== null
  return (
    <section aria-label={text.title} className="flex h-full min-h-0 bg-bg">
      <div
        className={cx(
          'flex min-h-0 min-w-0 flex-1 flex-col',
          sideOnly && 'hidden',
          wide && side !== null && 'max-w-[46rem]',
        )}
      >
        <PaneHeader title={text.title}>
          <SavedMenu />
          <IconButton icon={RotateCw} label={text.refresh} onClick={again} />
        </PaneHeader>
        <SearchBar status={<Status />} />
        <SelectionBar />
        <Results more={more} again={again} onOpen={open} />
        <p className="shrink-0 border-t px-4 py-2 text-faint text-xs max-sm:hidden">{text.keys}</p>
      </div>
      {side !== null && (
        <div className={cx('min-h-0 min-w-0 flex-1', wide && 'border-l')}>
          {side === 'compare' ? <CompareView /> : <EntryDetail entry={side} />}
        </div>
      )}
    </section>
  )
}

/** What stands beside the list: a comparison, or an entry. Closing a task's details closes it. */
function useSide() {
  const shown = useHistory((state) => state.shown)
  const comparing = useHistory((state) => state.comparing)
  const taskId = useView((view) => view.taskId)
  // Another task may have been looked at elsewhere meanwhile, or none: then none is shown here.
  useEffect(() => {
    if (shown?.kind === 'task' && taskId !== shown.taskId) useHistory.setState({ shown: null })
  }, [shown, taskId])
  const open = (entry: HistoryEntry) => {
    if (entry.kind === 'task') selectTask(entry.taskId)
    else closeTask()
    useHistory.setState({ shown: entry, comparing: null })
  }
  const side = comparing !== null ? ('compare' as const) : shown
  return { side, open }
}

function Status() {
  const text = useText().history
  const locale = useWords((words) => words.locale)
  const count = useHistory((state) => state.entries?.length ?? null)
  const more = useHistory((state) => state.cursor !== null)
  const searching = useHistory((state) => state.searching)
  if (count === null) return searching ? text.searching : null
  if (count === 1 && !more) return text.one
  return text.found(count.toLocaleString(locale), more)
}

interface ResultsProps {
  readonly more: () => void
  readonly again: () => void
  readonly onOpen: (entry: HistoryEntry) => void
}

function Results({ more, again, onOpen }: ResultsProps) {
  const text = useText().history
  const entries = useHistory((state) => state.entries)
  const error = useHistory((state) => state.error)
  const offline = useConnection((state) => state.phase.name !== 'ready')
  return (
    <>
      {offline && <p className="border-b px-4 py-2.5 text-muted">{text.offline}</p>}
      {error !== null && !offline && (
        <div role="alert" className="flex items-start gap-3 border-b px-4 py-2.5">
          <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
          <Button small onClick={again}>
            {text.tryAgain}
          </Button>
        </div>
      )}
      {entries === null && error === null && !offline && <SkeletonRows rows={7} />}
      {entries !== null && entries.length > 0 && (
        <ResultList entries={entries} more={more} onOpen={onOpen} />
      )}
      {entries?.length === 0 && <Nothing />}
      {(entries === null || entries.length === 0) && <div className="flex-1" />}
    </>
  )
}

function Nothing() {
  const text = useText().history
  const asked = useHistory(
    ({ question }) => question.span !== 'any' || Object.keys(question.filter).length > 0,
  )
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <History aria-hidden size={28} strokeWidth={1.25} className="text-faint" />
      <p className="font-medium">{asked ? text.none : text.empty}</p>
      <p className="max-w-96 text-muted">{asked ? text.noneHint : text.emptyHint}</p>
    </div>
  )
}
