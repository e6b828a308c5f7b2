import type { QueueStats } from '../../../shared/model/queue.js'
import type { Terminal } from '../terminal.js'
import { formatDuration } from './duration.js'
import { formatNumber as number } from './number.js'

const LABEL_WIDTH = 13
const MEGABYTE = 1024 * 1024
const HOUR = 3600

/** The figures in words; what there is no figure for is left out. */
export function statsLines(stats: QueueStats, terminal: Terminal): string[] {
  const { completed, failed, cancelled, meanWait } = stats
  const heading = terminal.style('bold', `Tasks that ended ${spanText(stats)}`)
  if (completed + failed + cancelled === 0) return [heading, 'There are none.']
  const rows: Array<readonly [label: string, text: string | null]> = [
    ['Ended', endingsText(stats)],
    ['Throughput', throughputText(stats)],
    ['Time saved', savedText(stats)],
    ['Mean wait', meanWait === null ? null : `${formatSeconds(meanWait)} from submission to start`],
    ['Causes', causesText(stats, terminal)],
    ['Peaks', peaksText(stats)],
    ['Model', modelText(stats)],
  ]
  const lines = rows.flatMap(([label, text]) =>
    text === null ? [] : [`${`${label}:`.padEnd(LABEL_WIDTH)}${text}`],
  )
  return [heading, ...lines, ...typeLines(stats, terminal)]
}

/** Whole days of UTC, the last one included. */
function spanText({ since, until }: QueueStats): string {
  const [first, last] = [since, until - 1].map((at) => new Date(at).toISOString().slice(0, 10))
  return first === last ? `on ${first} (UTC)` : `from ${first} to ${last} (UTC)`
}

function endingsText({
  completed,
  failed,
  cancelled,
}: Pick<QueueStats, 'completed' | 'failed' | 'cancelled'>): string {
  return `${number(completed)} completed, ${number(failed)} failed, ${number(cancelled)} cancelled`
}

/** What has run for minutes says nothing of an hour. */
function throughputText({
  completed,
  throughputPerHour: perHour,
  runningTime,
}: QueueStats): string | null {
  if (perHour === null) return null
  const { busy } = runningTime
  if (busy < HOUR)
    return `${number(completed)} completed in ${formatSeconds(busy)} in which tasks ran`
  return `${number(perHour, perHour < 10 ? 1 : 0)} completed per hour in which tasks ran`
}

function savedText({ runningTime }: QueueStats): string {
  const { serial, busy, saved } = runningTime
  if (saved < 1) return `none: tasks ran one after another (${formatSeconds(serial)})`
  const [done, instead] = [busy, serial].map(formatSeconds)
  return `${formatSeconds(saved)}: done in ${done} instead of ${instead} one after another`
}

function causesText({ failures }: QueueStats, terminal: Terminal): string | null {
  if (failures.length === 0) return null
  return failures
    .map(({ cause, count }) => `${terminal.foreignLine(cause)} ${number(count)}`)
    .join(', ')
}

function peaksText({ peak }: QueueStats): string | null {
  const parts: string[] = []
  if (peak.cpu !== null) parts.push(`machine CPU ${Math.round(peak.cpu)} %`)
  if (peak.memory !== null) parts.push(`machine memory ${Math.round(peak.memory)} %`)
  if (peak.taskMemoryBytes !== null) {
    parts.push(`one task ${number(Math.round(peak.taskMemoryBytes / MEGABYTE))} MB`)
  }
  if (peak.taskCpuPercent !== null) {
    parts.push(`one task CPU ${Math.round(peak.taskCpuPercent)} %`)
  }
  return parts.length === 0 ? null : parts.join(', ')
}

function modelText({ usage }: QueueStats): string | null {
  const { tokens, costUsd, unpricedTokens } = usage
  if (tokens === 0) return null
  const unpriced =
    unpricedTokens === 0 ? '' : `, ${number(unpricedTokens)} of them without a known price`
  return `${number(tokens)} tokens, $${number(costUsd, 2)}${unpriced}`
}

function typeLines({ byType }: QueueStats, terminal: Terminal): string[] {
  if (byType.length === 0) return []
  const width = Math.max(...byType.map(({ type }) => type.length))
  const lines = byType.map((kind) => {
    const name = terminal.foreignLine(kind.type).padEnd(width)
    return `  - ${name}  ${endingsText(kind)} (${formatSeconds(kind.runningTime)} in all)`
  })
  return ['By type:', ...lines]
}

/** Fractions only where there is nothing else. */
function formatSeconds(seconds: number): string {
  return seconds > 0 && seconds < 1 ? `${number(seconds, 1)}s` : formatDuration(seconds)
}
