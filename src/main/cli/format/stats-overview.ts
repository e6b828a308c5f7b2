import type { StatsBucket, StatsOverview } from '../../../shared/model/stats.js'
import type { Terminal } from '../terminal.js'
import { formatDuration } from './duration.js'
import { formatNumber as number } from './number.js'

const LABEL_WIDTH = 13

/** What happened in the span, and each hour or day in which something did. */
export function overviewLines(overview: StatsOverview, terminal: Terminal): string[] {
  const { ended, time, tries, waits, cost, timezone } = overview
  const plain = (text: string) => terminal.foreignLine(text)
  const rows: Array<readonly [label: string, text: string | null]> = [
    [
      'Ended',
      `${number(ended.completed)} completed, ${number(ended.failed)} failed, ${number(ended.cancelled)} cancelled`,
    ],
    ['Success', ended.successRate === null ? null : `${number(ended.successRate * 100, 1)} %`],
    ['Time saved', savedText(time)],
    [
      'At once',
      time.parallelism === null
        ? null
        : `${number(time.parallelism, 1)} on average, ${time.mostRunning} at most`,
    ],
    [
      'Causes',
      listed(overview.failures.map(({ cause, count }) => `${plain(cause)} ${number(count)}`)),
    ],
    [
      'Again',
      `${number(tries.retries)} retries, ${number(tries.corrections)} corrections (${number(tries.mended)} mended)`,
    ],
    [
      'Waits',
      listed(
        waits.byReason.map(({ reason, seconds }) => `${plain(reason)} ${formatDuration(seconds)}`),
      ),
    ],
    [
      'Cost',
      cost.turns === 0 ? null : `$${number(cost.costUsd, 2)}, ${number(cost.tokens)} tokens`,
    ],
    [
      'Not priced',
      listed(
        cost.unpricedModels.map(
          ({ model, tokens }) => `${plain(model) || 'unknown'} ${number(tokens)} tokens`,
        ),
      ),
    ],
    [
      'By agent',
      listed(
        cost.byAgent.map(
          ({ agent, costUsd }) => `${plain(agent) || 'chat'} $${number(costUsd, 2)}`,
        ),
      ),
    ],
  ]
  const lines = rows.flatMap(([label, text]) =>
    text === null ? [] : [`${`${label}:`.padEnd(LABEL_WIDTH)}${text}`],
  )
  const heading = terminal.style(
    'bold',
    `From ${moment(overview.from, timezone)} to ${moment(overview.to, timezone)} (${plain(timezone)})`,
  )
  return [
    heading,
    ...lines,
    ...overview.buckets.filter(hasAny).map((bucket) => bucketLine(bucket, overview)),
  ]
}

function savedText({ saved, busy, serial }: StatsOverview['time']): string | null {
  if (busy === 0) return null
  return `${formatDuration(saved)}: done in ${formatDuration(busy)} instead of ${formatDuration(serial)} one after another`
}

function listed(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(', ')
}

function hasAny({ completed, failed, cancelled, turns }: StatsBucket): boolean {
  return completed + failed + cancelled + turns > 0
}

function bucketLine(bucket: StatsBucket, { timezone }: StatsOverview): string {
  const { at, completed, failed, cancelled, costUsd } = bucket
  return `  ${moment(at, timezone)}  ${completed} completed, ${failed} failed, ${cancelled} cancelled, $${number(costUsd, 2)}`
}

/** On the clocks of the time zone, `2027-01-31 09:00`. */
function moment(atMs: number, timezone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: timezone, dateStyle: 'short', timeStyle: 'short' },
  })
  return text.format(atMs)
}
