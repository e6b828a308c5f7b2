const UNIT_MS: readonly { readonly pattern: RegExp; readonly ms: number }[] = [
  { pattern: /^(?:ms|milli)/i, ms: 1 },
  { pattern: /^s/i, ms: 1_000 },
  { pattern: /^m/i, ms: 60_000 },
  { pattern: /^h/i, ms: 3_600_000 },
]
const AMOUNT = String.raw`(\d+(?:\.\d+)?)[\s-]*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)`
const LIMIT = '(?:time-?out|time limit)'
const END = String.raw`(?:,?\s+please)?$`
const TIMEOUTS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:^|[\s,(]+)(?:with (?:a |the )?)?${LIMIT}(?: of|:| =)?\s*${AMOUNT}\)?${END}`,
    'i',
  ),
  new RegExp(String.raw`(?:^|[\s,(]+)(?:with )?(?:a )?${AMOUNT}\s+${LIMIT}\)?${END}`, 'i'),
  new RegExp(String.raw`(?:^|[\s,(]+)for (?:at most|no longer than) ${AMOUNT}\)?${END}`, 'i'),
]
/** The longest that a task takes as its limit. */
const LONGEST_MS = 30 * 24 * 3_600_000

/** "with timeout 5 seconds": taken out of the clause, in milliseconds. */
export function takeTimeout(clause: string): { text: string; timeoutMs: number | null } {
  for (const pattern of TIMEOUTS) {
    const match = pattern.exec(clause)
    if (match === null) continue
    const unit = UNIT_MS.find((each) => each.pattern.test(match[2] ?? ''))
    const timeoutMs = Math.round(Number(match[1]) * (unit?.ms ?? 1))
    if (timeoutMs < 1 || timeoutMs > LONGEST_MS) continue
    return { text: clause.slice(0, match.index).trim(), timeoutMs }
  }
  return { text: clause, timeoutMs: null }
}

const REPEAT =
  /\s+(twice|thrice|\d{1,4} ?x|(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|several|many) times)(?:,?\s+please)?$/i
/** Words of which a number of times may be the object. */
const TAKES_TEXT = /\b(?:echo|printf|print|search|find|grep|say|tell|message|how)\b/i

/** "run the tests twice": the words that ask for more than one run, taken out of the clause. */
export function takeRepeat(clause: string): { text: string; repeat: string | null } {
  const match = TAKES_TEXT.test(clause) ? null : REPEAT.exec(clause)
  if (match === null) return { text: clause, repeat: null }
  return { text: clause.slice(0, match.index).trim(), repeat: match[1] ?? null }
}
