import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatComing } from '../format/duration.js'
import { scheduleLines } from '../format/schedule.js'
import { asScheduleId } from '../id-arguments.js'
import { startedLine } from './execute.js'

export async function listSchedules({
  host,
  terminal,
  json,
  environment,
}: CommandContext): Promise<number> {
  const { schedules } = await host.call('schedule.list', {})
  if (json) terminal.json({ schedules })
  else {
    for (const line of scheduleLines(schedules, terminal, environment.now())) terminal.line(line)
  }
  return EXIT.ok
}

export async function changeSchedule(
  context: CommandContext,
  change: 'pause' | 'resume' | 'run' | 'delete',
  text: string,
): Promise<number> {
  const { host, terminal, json } = context
  const scheduleId = asScheduleId(text)
  const answer = await host.call(`schedule.${change}`, { scheduleId })
  if (json) terminal.json(answer)
  else if ('taskId' in answer) terminal.line(startedLine(answer.taskId))
  else if ('schedule' in answer) terminal.line(changedLine(context, change, answer.schedule))
  else terminal.line(`Schedule deleted: ${scheduleId}`)
  return EXIT.ok
}

function changedLine(
  { environment }: CommandContext,
  change: string,
  { scheduleId, nextRunAt }: { readonly scheduleId: string; readonly nextRunAt: number | null },
): string {
  if (change === 'pause') return `Schedule paused: ${scheduleId}`
  const next = nextRunAt === null ? '' : `, next run ${formatComing(nextRunAt, environment.now())}`
  return `Schedule resumed: ${scheduleId}${next}`
}
