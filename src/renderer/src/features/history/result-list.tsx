import { useCallback, useMemo, useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { HistoryEntry } from '../../../../shared/model/history.js'
import { idOf, useHistory } from '../../stores/history.js'
import { moveFocus } from '../../ui/move-focus.js'
import { ResultRow, ROW_HEIGHT } from './result-row.js'

/** Screens ahead of what is seen that are read, so that nobody scrolls into nothing. */
const SCREENS_AHEAD = 6

interface ResultListProps {
  readonly entries: readonly HistoryEntry[]
  readonly more: () => void
  readonly onOpen: (entry: HistoryEntry) => void
}

export function ResultList({ entries, more, onOpen }: ResultListProps) {
  const list = useRef<VListHandle>(null)
  const round = useHistory((state) => state.round)
  // Rows tell the day of what is not from today; that a day ends while one looks is not worth a timer.
  const now = useMemo(() => (round === 0 ? 0 : Date.now()), [round])
  const onScroll = useCallback(
    (offset: number) => {
      const handle = list.current
      if (handle === null) return
      const ahead = handle.scrollSize - offset - handle.viewportSize
      if (ahead < handle.viewportSize * SCREENS_AHEAD) more()
    },
    [more],
  )
  return (
    <div className="min-h-0 flex-1" onKeyDown={moveFocus}>
      <VList
        key={round}
        ref={list}
        data={entries}
        itemSize={ROW_HEIGHT}
        onScroll={onScroll}
        className="py-1"
      >
        {(entry, index) => (
          <ResultRow
            key={idOf(entry)}
            entry={entry}
            first={index === 0}
            now={now}
            onOpen={onOpen}
          />
        )}
      </VList>
    </div>
  )
}
