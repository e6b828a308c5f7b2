/** What a correction was for. */
export interface PastCorrection {
  readonly fingerprint: string
  /** Of how many, as it was when it began. */
  readonly limit: number
}

export interface Standing {
  /** Of the failure that was just found. */
  readonly fingerprint: string
  /** Of this attempt of the task, oldest first; the last one has just failed. */
  readonly corrections: readonly PastCorrection[]
  readonly maxCorrections: number
  /** Why no try of the agent can help; null where one may. */
  readonly standstill: string | null
}

export type NextStep =
  | { readonly kind: 'correct'; readonly limit: number }
  | { readonly kind: 'ask'; readonly why: string }

/** The same error so often, in spite of what was done about it, will not go away by trying on. */
const SAME_ERRORS = 3

/**
 * What follows when checks have failed: another try of the agent, or a question to the person. Pure.
 *
 * Failures count once they came after a correction: the first one is what corrections are for.
 */
export function decide({
  fingerprint,
  corrections,
  maxCorrections,
  standstill,
}: Standing): NextStep {
  const limit = corrections.at(-1)?.limit ?? maxCorrections
  if (standstill !== null) return { kind: 'ask', why: standstill }
  if (corrections.length >= limit) {
    return { kind: 'ask', why: `${corrections.length} of ${limit} corrections did not help` }
  }
  // A person who grants more tries does not want to hear of those before.
  const granted = corrections.filter((each) => each.limit === limit)
  const after = [...granted.slice(1).map((each) => each.fingerprint), fingerprint]
  const isStuck =
    granted.length >= SAME_ERRORS && after.slice(-SAME_ERRORS).every((each) => each === fingerprint)
  if (isStuck) return { kind: 'ask', why: `the same error came ${SAME_ERRORS} times` }
  return { kind: 'correct', limit }
}
