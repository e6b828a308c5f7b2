import type { Check, Correction } from '../../../../shared/model/check.js'
import type { TaskView } from '../../../../shared/model/task.js'
import type { Finding, TaskEvidence } from '../../stores/evidence.js'
import { newestFindings } from '../../stores/evidence.js'
import { currentText } from '../../text/text.js'
import { formatSpent } from '../../ui/format.js'

export type CheckState = 'passed' | 'failed' | 'running' | 'open'

export interface ShownCheck {
  readonly position: number
  readonly name: string
  readonly state: CheckState
  /** What it found last; null where it was not made yet. */
  readonly finding: Finding | null
}

type Checked = Pick<TaskView, 'state' | 'checks'>

/**
 * Each check with what it found last, and after those of the task what git said of a merge. One that
 * follows in a round that is under way is being made.
 */
export function shownChecks({ state, checks = [] }: Checked, evidence: TaskEvidence): ShownCheck[] {
  const newest = new Map(newestFindings(evidence).map((finding) => [finding.position, finding]))
  const next = state === 'running' ? nextIn(checks.length, evidence) : null
  const wanted = checks.map((check, position): ShownCheck => {
    const finding = newest.get(position) ?? null
    const name = finding?.name ?? checkText(check)
    return { position, name, finding, state: position === next ? 'running' : stateOf(finding) }
  })
  const more = [...newest.values()].filter(({ position }) => position >= checks.length)
  return [
    ...wanted,
    ...more.map((finding) => ({
      position: finding.position,
      name: finding.name,
      finding,
      state: stateOf(finding),
    })),
  ]
}

/** The check that follows in the newest round; null where that is over, or was given up. */
function nextIn(count: number, { findings, corrections }: TaskEvidence): number | null {
  const round = findings.at(-1)?.round
  if (round === undefined || corrections.at(-1)?.state === 'in_progress') return null
  const made = findings.filter((finding) => finding.round === round)
  const position = (made.at(-1)?.position ?? -1) + 1
  return position < count ? position : null
}

function stateOf(finding: Finding | null): CheckState {
  if (finding === null) return 'open'
  return finding.passed ? 'passed' : 'failed'
}

/** The agent that reviews where a check names none. */
const DEFAULT_REVIEWER = 'reviewer'

/** What a check is called until it was made. */
export function checkText(check: Check): string {
  if (check.name !== undefined) return check.name
  const text = currentText().evidence
  switch (check.kind) {
    case 'command':
      return check.command
    case 'file':
      return check.contains === undefined ? text.exists(check.path) : text.hasText(check.path)
    case 'review':
      return text.review(check.agentType ?? DEFAULT_REVIEWER)
  }
}

/** `exit code 1 · 3s`, `62 of 100 · 1m 05s`. */
export function factsOf({ exitCode, score, durationMs, kind }: Finding): string {
  const text = currentText().evidence
  const facts = [
    kind === 'command' && exitCode === null && text.noExitCode,
    typeof exitCode === 'number' && text.exitCode(exitCode),
    score !== undefined && text.score(score),
    formatSpent(durationMs),
  ]
  return facts.filter(Boolean).join(' · ')
}

/** `Correction 2 of 3: in progress`. */
export function correctionText({ attempt, limit, state }: Correction): string {
  const text = currentText().evidence
  return text.corrections[state](attempt, limit)
}

export type Happening =
  | { readonly kind: 'round'; readonly round: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'correction'; readonly correction: Correction }

/** Rounds of checks and what was done after each, oldest first. */
export function historyOf({ findings, corrections }: TaskEvidence): readonly Happening[] {
  const rounds = [...Map.groupBy(findings, ({ round }) => round)].map(([round, made]) => ({
    at: made[0]?.at ?? 0,
    happening: { kind: 'round', round, findings: made } as const,
  }))
  const tries = corrections.map((correction) => ({
    at: correction.startedAt,
    happening: { kind: 'correction', correction } as const,
  }))
  return [...rounds, ...tries].sort((a, b) => a.at - b.at).map(({ happening }) => happening)
}
