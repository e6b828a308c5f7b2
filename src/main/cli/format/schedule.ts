import type { ScheduleView } from '../../../shared/model/schedule.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { formatAgo, formatComing, formatTimeOfDay } from './duration.js'
import { STATE_WORDS } from './task-status.js'

const LONGEST_DESCRIPTION = 200

/** `Schedules (2):` and some lines for each. */
export function scheduleLines(
  schedules: readonly ScheduleView[],
  terminal: Terminal,
  nowMs: number,
): string[] {
  if (schedules.length === 0) {
    return [
      'There are no schedules. Make one: smart-agents execute "what is to be done" --cron "0 9 * * *"',
    ]
  }
  const heading = terminal.style('bold', `Schedules (${schedules.length}):`)
  return [heading, ...schedules.flatMap((schedule) => linesOf(schedule, terminal, nowMs))]
}

function linesOf(schedule: ScheduleView, terminal: Terminal, nowMs: number): string[] {
  const { scheduleId, description, cron, timezone, type } = schedule
  const text = truncate(terminal.foreignLine(description), LONGEST_DESCRIPTION)
  const rule = terminal.foreignLine(`${cron} ${timezone}`)
  const lines = [
    `  - ${scheduleId}: ${text}`,
    terminal.style('dim', `      ${rule}, ${type}, missed times: ${schedule.misfire.policy}`),
    `      ${nextText(schedule, nowMs)}`,
  ]
  if (schedule.lastRun) lines.push(`      ${lastText(schedule, nowMs)}`)
  return lines
}

function nextText({ paused, nextRunAt, state, taskId }: ScheduleView, nowMs: number): string {
  const running = state === 'running' ? `Running now: ${taskId}. ` : ''
  if (paused) return `${running}Paused`
  if (nextRunAt === null) return `${running}No next run`
  return `${running}Next run: ${formatComing(nextRunAt, nowMs)}`
}

function lastText({ lastRun, runs }: ScheduleView, nowMs: number): string {
  if (lastRun === undefined) return ''
  const { taskId, state, startedAt, completedAt, missed } = lastRun
  const at = completedAt ?? startedAt
  const when = at === undefined ? '' : ` ${formatAgo(at, nowMs)}`
  const times = missed && [missed.scheduledAt, missed.ranAt].map(shortTime)
  const late = times ? `, missed ${times[0]}, ran ${times[1]}` : ''
  const count = `${runs} ${runs === 1 ? 'run' : 'runs'} so far`
  return `Last run: ${taskId} ${STATE_WORDS[state].toLowerCase()}${when}${late} (${count})`
}

function shortTime(atMs: number): string {
  return formatTimeOfDay(atMs).slice(0, 5)
}
