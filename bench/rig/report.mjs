import os from 'node:os'

/**
 * A Markdown table whose columns also line up in a terminal. Columns after the first are right-aligned.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  /** @param {readonly string[]} cells */
  const line = (cells) => {
    const padded = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** @param {number} value in ms */
export function ms(value) {
  if (!Number.isFinite(value)) return '–'
  return value >= 100 ? `${value.toFixed(0)} ms` : `${value.toFixed(1)} ms`
}

/**
 * @param {number} value
 * @param {number} floor what the machine alone takes
 */
export function ratio(value, floor) {
  return Number.isFinite(value / floor) ? `× ${(value / floor).toFixed(1)}` : '–'
}

/** @param {number} share of 1 */
export function percent(share) {
  return `${(share * 100).toFixed(0)} %`
}

export function loadAverage() {
  return os
    .loadavg()
    .map((load) => load.toFixed(2))
    .join(' ')
}

/** @param {string} chromium its version */
export function machine(chromium) {
  const [cpu] = os.cpus()
  return [
    `Machine:   ${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `System:    ${os.type()} ${os.release()}, Node ${process.version}, ${chromium}`,
    `Date:      ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ].join('\n')
}
