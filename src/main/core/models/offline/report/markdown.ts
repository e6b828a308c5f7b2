/** Text in back-ticks, whatever it holds; a path with a pipe or a line break cannot break a table. */
export function code(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ').replaceAll('|', '\\|')
  const ticks = Math.max(0, ...[...line.matchAll(/`+/g)].map((match) => match[0].length))
  const fence = '`'.repeat(ticks + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A block of output as it is, in a fence that its own back-ticks cannot close. */
export function block(text: string, language = 'text'): string {
  const ticks = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map((match) => match[0].length))
  const fence = '`'.repeat(ticks + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** Columns whose header ends in `>` are set to the right. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = headers.map((header) => header.replace(/>$/, ''))
  const rule = headers.map((header) => (header.endsWith('>') ? '---:' : '---'))
  return [names, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

/** `1,234`; grouped the same on every machine. */
export function number(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** `1 file`, `1,234 files`. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`
  const units = ['KB', 'MB', 'GB', 'TB']
  let amount = value / 1024
  let unit = 0
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024
    unit++
  }
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[unit]}`
}

/** `0.4 s`, `12 s`, `2m 15s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}h ${minutes}m` : `${minutes}m ${whole % 60}s`
}

export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`
}

/** Text of a person or a file inside a sentence: one line, at most `most` characters. */
export function oneLine(text: string, most = 160): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The last lines of an output, with a note of how many were before them. */
export function tailOf(text: string, mostLines = 60, mostCharacters = 6_000): string {
  const lines = text.trimEnd().split('\n')
  let kept = lines.slice(-mostLines)
  while (kept.length > 1 && kept.join('\n').length > mostCharacters) kept = kept.slice(1)
  const shown = kept.join('\n')
  const cut = shown.length > mostCharacters ? `…${shown.slice(-mostCharacters)}` : shown
  const before = lines.length - kept.length
  return before === 0 ? cut : `[${count(before, 'earlier line')} not shown]\n${cut}`
}
