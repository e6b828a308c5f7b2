import type { Correction, Evidence } from '../../../shared/model/check.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatDuration } from '../format/duration.js'
import { asTaskId } from '../id-arguments.js'
import type { Terminal } from '../terminal.js'

const LONGEST_LINE = 200
/** Lines of the end of an output that are shown of a check that failed. */
const SHOWN_LINES = 12

export async function showEvidence(
  { host, terminal, json }: CommandContext,
  id: string,
): Promise<number> {
  const taskId = asTaskId(id)
  const { evidence, corrections } = await host.call('task.evidence', { taskId })
  if (json) terminal.json({ evidence, corrections })
  else if (evidence.length === 0) terminal.line(`No check of ${taskId} was made.`)
  else for (const line of linesOf(evidence, corrections, terminal)) terminal.line(line)
  return EXIT.ok
}

function linesOf(
  evidence: readonly Evidence[],
  corrections: readonly Correction[],
  terminal: Terminal,
): string[] {
  const rounds = [...new Set(evidence.map(({ round }) => round))]
  return rounds.flatMap((round, index) => {
    const made = evidence.filter((each) => each.round === round)
    const correction = corrections[index]
    return [
      terminal.style('bold', `Round ${round}:`),
      ...made.flatMap((each) => checkLines(each, terminal)),
      ...(correction === undefined
        ? []
        : [
            `  Correction ${correction.attempt} of ${correction.limit}: ${WORDS[correction.state]}`,
          ]),
    ]
  })
}

const WORDS = { in_progress: 'in progress', success: 'helped', failed: 'did not help' } as const

function checkLines(
  { passed, name, detail, output, durationMs }: Evidence,
  terminal: Terminal,
): string[] {
  const plain = (text: string) => truncate(terminal.foreignLine(text), LONGEST_LINE)
  const mark = passed ? '✓' : '✗'
  const lines = [
    `  ${mark} ${plain(name)} (${formatDuration(durationMs / 1000)}): ${plain(detail)}`,
  ]
  if (passed) return lines
  const end = output.trimEnd().split('\n').slice(-SHOWN_LINES)
  return [...lines, ...end.filter((line) => line !== '').map((line) => `      ${plain(line)}`)]
}
