import type { Evidence } from '../../../shared/model/check.js'

/** What is told of a failed check's output, in UTF-16 units; of its end, where the cause mostly stands. */
const TOLD = 6_000

/** What was found, before it has a place in a task. */
export type Finding = Omit<Evidence, 'round' | 'at'>

/** What is wrong, in the words of the checks that failed. Pure. */
export function failureOf(findings: readonly Finding[]): string {
  return findings
    .filter(({ passed }) => !passed)
    .map(({ name, detail, output }) => {
      const text = output.trim().slice(-TOLD)
      return text === '' ? `${name}: ${detail}` : `${name}: ${detail}\n${text}`
    })
    .join('\n\n')
}

/**
 * The same for failures that differ in what changes from run to run only: times, durations, addresses, ids, places
 * of temporary files. Pure.
 */
export function fingerprintOf(failure: string): string {
  return failure
    .replaceAll(/(?:\/(?:private\/)?tmp|\/var\/folders)\/\S+/g, '<path>')
    .replaceAll(/\b(?:0x)?[0-9a-f]{7,}\b/gi, '<id>')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '<n>')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(-8_000)
}
