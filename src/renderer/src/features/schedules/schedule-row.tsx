import { FastForward, Pause, Play, Trash2 } from 'lucide-react'
import type { ScheduleView } from '../../../../shared/model/schedule.js'
import { showTask } from '../../stores/view.js'
import { cx } from '../../ui/class-names.js'
import { countOf } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { useNow } from '../../ui/time.js'
import { StateIcon } from '../tasks/task-state.js'
import { TypeIcon } from '../tasks/type-icon.js'
import { useScheduleActions } from './schedule-actions.js'
import { missedText, nextText, runText } from './schedule-text.js'

interface ScheduleRowProps {
  readonly schedule: ScheduleView
  readonly onDelete: (schedule: ScheduleView) => void
}

/** What comes back, by which rule, when next, and how it went last. */
export function ScheduleRow({ schedule, onDelete }: ScheduleRowProps) {
  const { description, cron, timezone, type } = schedule
  return (
    <li className="px-4.5 py-3">
      <div className="flex items-start gap-2">
        <span className="mt-0.5">
          <TypeIcon type={type} />
        </span>
        <p className="line-clamp-3 min-w-0 flex-1 break-words font-medium" title={description}>
          {description}
        </p>
        <RowActions schedule={schedule} onDelete={onDelete} />
      </div>
      <div className="mt-0.5 flex flex-col gap-0.5 pl-[23px] text-muted text-xs">
        <p className="flex flex-wrap gap-x-2">
          <code className="font-mono text-text">{cron}</code> {timezone}
        </p>
        <NextRun schedule={schedule} />
        <LastRun schedule={schedule} />
      </div>
    </li>
  )
}

function RowActions({ schedule, onDelete }: ScheduleRowProps) {
  const actions = useScheduleActions()
  const { scheduleId, paused, state } = schedule
  return (
    <div className="-mt-0.5 -mr-2 flex shrink-0">
      <IconButton
        small
        icon={FastForward}
        label="Run now"
        disabled={state === 'running'}
        onClick={() => actions.run(scheduleId)}
      />
      {paused ? (
        <IconButton small icon={Play} label="Resume" onClick={() => actions.resume(scheduleId)} />
      ) : (
        <IconButton small icon={Pause} label="Pause" onClick={() => actions.pause(scheduleId)} />
      )}
      <IconButton small icon={Trash2} label="Delete" onClick={() => onDelete(schedule)} />
    </div>
  )
}

function NextRun({ schedule }: { readonly schedule: ScheduleView }) {
  const now = useNow()
  return <p className={cx('figures', schedule.paused && 'text-warn')}>{nextText(schedule, now)}</p>
}

function LastRun({ schedule }: { readonly schedule: ScheduleView }) {
  const now = useNow()
  const { lastRun, runs } = schedule
  if (lastRun === undefined) return <p>It has not run yet</p>
  const missed = missedText(lastRun, now)
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-1.5">
        {lastRun.state === 'running' ? 'Now' : 'Last run'}
        <button
          type="button"
          data-task={lastRun.taskId}
          className="flex items-center gap-1 rounded text-accent-text hover:underline"
          onClick={() => showTask(lastRun.taskId)}
        >
          <StateIcon state={lastRun.state} small />
          {runText(lastRun, now)}
        </button>
        <span>· {countOf(runs, 'run')} so far</span>
      </p>
      {missed && <p>{missed}</p>}
    </>
  )
}
