import { FastForward, Pause, Play, Trash2 } from 'lucide-react'
import type { ScheduleView } from '../../../../shared/model/schedule.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
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
  const text = useText().schedules
  const actions = useScheduleActions()
  const { scheduleId, paused, state } = schedule
  return (
    <div className="-mt-0.5 -mr-2 flex shrink-0">
      <IconButton
        small
        icon={FastForward}
        label={text.runNow}
        disabled={state === 'running'}
        onClick={() => actions.run(scheduleId)}
      />
      {paused ? (
        <IconButton
          small
          icon={Play}
          label={text.resume}
          onClick={() => actions.resume(scheduleId)}
        />
      ) : (
        <IconButton
          small
          icon={Pause}
          label={text.pause}
          onClick={() => actions.pause(scheduleId)}
        />
      )}
      <IconButton small icon={Trash2} label={text.remove} onClick={() => onDelete(schedule)} />
    </div>
  )
}

function NextRun({ schedule }: { readonly schedule: ScheduleView }) {
  const now = useNow()
  return <p className={cx('figures', schedule.paused && 'text-warn')}>{nextText(schedule, now)}</p>
}

function LastRun({ schedule }: { readonly schedule: ScheduleView }) {
  const now = useNow()
  const text = useText().schedules
  const { lastRun, runs } = schedule
  if (lastRun === undefined) return <p>{text.notYet}</p>
  const missed = missedText(lastRun, now)
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-1.5">
        {lastRun.state === 'running' ? text.now : text.lastRun}
        <button
          type="button"
          data-task={lastRun.taskId}
          className="flex items-center gap-1 rounded text-accent-text hover:underline"
          onClick={() => showTask(lastRun.taskId)}
        >
          <StateIcon state={lastRun.state} small />
          {runText(lastRun, now)}
        </button>
        <span>· {text.runs(runs)}</span>
      </p>
      {missed && <p>{missed}</p>}
    </>
  )
}
