import { ArrowLeft } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ScheduleView } from '../../../../shared/model/schedule.js'
import { useHost } from '../../app/host.js'
import { oldestFirst, useSchedules } from '../../stores/schedules.js'
import { setSchedulesOpen } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { IconButton } from '../../ui/icon-button.js'
import { isolated } from '../../ui/isolated.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { useScheduleActions } from './schedule-actions.js'
import { ScheduleRow } from './schedule-row.js'

/** The tasks that come back, in place of the list of tasks. */
export function ScheduleList() {
  const text = useText().schedules
  const state = useSchedules()
  const list = useMemo(() => oldestFirst(state), [state])
  const actions = useScheduleActions()
  const [deleting, setDeleting] = useState<ScheduleView | null>(null)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => pane.current?.focus(), [])
  return (
    <section
      ref={pane}
      tabIndex={-1}
      data-schedules
      aria-label={text.title}
      className="flex h-full flex-col bg-bg outline-none"
      onKeyDown={(event) => {
        // The keys of the question that it asks bubble up to it as well.
        if (event.key !== 'Escape' || deleting !== null) return
        event.stopPropagation()
        backToTasks()
      }}
    >
      <PaneHeader
        title={text.title}
        before={<IconButton icon={ArrowLeft} label={text.allTasks} onClick={backToTasks} />}
      />
      {state.error !== null && <NotRead error={state.error} />}
      {!state.loaded && state.error === null && <SkeletonRows rows={5} />}
      {state.loaded && list.length === 0 && <NoSchedules />}
      {list.length > 0 && (
        <ul aria-label={text.title} className="min-h-0 flex-1 divide-y overflow-y-auto">
          {list.map((schedule) => (
            <ScheduleRow key={schedule.scheduleId} schedule={schedule} onDelete={setDeleting} />
          ))}
        </ul>
      )}
      {deleting && (
        <ConfirmDialog
          title={text.askDelete}
          description={text.deleteHint(isolated(nameOf(deleting)))}
          confirm={text.remove}
          // The button that asked is gone with its row.
          onConfirm={() =>
            actions.remove(deleting.scheduleId, () => focusWhenFree('[data-schedules]'))
          }
          onClose={() => setDeleting(null)}
        />
      )}
    </section>
  )
}

/** A description may be pages long. */
const LONGEST_NAME = 160

function nameOf({ description }: ScheduleView): string {
  return description.length > LONGEST_NAME ? `${description.slice(0, LONGEST_NAME)}…` : description
}

function backToTasks(): void {
  setSchedulesOpen(false)
  focusWhenFree('[data-open-schedules]')
}

function NotRead({ error }: { readonly error: string }) {
  const text = useText().schedules
  const host = useHost()
  return (
    <div role="alert" className="flex items-start gap-3 p-4">
      <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
      <Button small onClick={() => void host.readSchedules()}>
        {text.tryAgain}
      </Button>
    </div>
  )
}

function NoSchedules() {
  const text = useText().schedules
  return (
    <div className="p-4 text-muted">
      <p className="font-medium text-text">{text.none}</p>
      <p className="mt-1">{text.noneHint}</p>
      <pre className="mt-2 whitespace-pre-wrap break-words rounded-md border bg-code px-2.5 py-1.5 font-mono text-text text-xs">
        {`smart-agents execute "${text.example}" --cron "0 9 * * 1-5"`}
      </pre>
    </div>
  )
}
