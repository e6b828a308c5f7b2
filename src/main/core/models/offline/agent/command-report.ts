import { block, bullets, code, count, duration, tailOf } from '../report/markdown.js'
import { type PartReport, type Section, section } from '../report/report.js'
import type { Outcome } from '../routine.js'
import { missingPieceIn, readTestOutput } from '../test-output/read-test-output.js'
import type { TestSummary } from '../test-output/test-summary.js'
import { errorCodeOf, errorLine, isInterrupted, parseCommandResult } from '../tool-text.js'

const MOST_FAILURES = 50

/** What came of one command, told from its exit code and its output. */
export function commandReport(line: string, outcome: Outcome): PartReport {
  if (isInterrupted(outcome)) return interruptedReport(line)
  const result = parseCommandResult(outcome.content)
  if (outcome.isError && result.ending === '') {
    const headline = `${code(line)} gave no result: ${errorLine(outcome)}`
    return { success: false, headline, sections: [] }
  }
  const summaries = readTestOutput(result.output)
  const success = !outcome.isError && result.exitCode === 0
  const after = result.durationSeconds === null ? '' : ` after ${duration(result.durationSeconds)}`
  const how =
    result.exitCode === null
      ? `${code(line)} did not end by itself: ${result.ending}.`
      : `${code(line)} ended with exit code ${result.exitCode}${after}.`
  return {
    success,
    headline: [verdict(success, errorCodeOf(outcome), summaries), how].join(' '),
    sections: [
      ...testSections(summaries, success),
      ...hintSection(success, result.output),
      outputSection(result.output, result.cut),
    ],
  }
}

function verdict(
  success: boolean,
  errorCode: string | null,
  summaries: readonly TestSummary[],
): string {
  if (errorCode === 'timeout') return '**Took too long and was ended.**'
  if (summaries.length === 0) return success ? '**Succeeded.**' : '**Failed.**'
  const sum = (of: (summary: TestSummary) => number) =>
    summaries.reduce((all, summary) => all + of(summary), 0)
  const skipped = sum((summary) => summary.skipped)
  const figures = [
    `${sum((summary) => summary.passed)} passed`,
    `${sum((summary) => summary.failed)} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ')
  return `**${success ? 'Succeeded' : 'Failed'}: ${figures}.**`
}

function testSections(summaries: readonly TestSummary[], success: boolean): Section[] {
  const failures = summaries.flatMap((summary) => summary.failures)
  const failed = summaries.reduce((sum, summary) => sum + summary.failed, 0)
  const ran = summaries.reduce((sum, summary) => sum + summary.passed + summary.failed, 0)
  const counts = summaries.map(
    ({ runner, passed, failed: bad, skipped }) =>
      `${runner}: ${passed} passed, ${bad} failed, ${skipped} skipped`,
  )
  const sections: Section[] = []
  if (counts.length > 0) sections.push(section('Tests', bullets(counts)))
  if (failures.length > 0) {
    const named = failures.slice(0, MOST_FAILURES).map(code)
    const more = failures.length - named.length
    const rest = more > 0 ? `${count(more, 'more failing test')} are in the output.` : ''
    sections.push(section('Failing', bullets(named), rest))
  }
  if (success && failed > 0) {
    const note =
      'The command ended with exit code 0 although its output counts failing tests; look at the output before relying on it.'
    sections.push(section('Note', note))
  } else if (summaries.length > 0 && ran === 0) {
    sections.push(section('Note', 'No test was run.'))
  }
  return sections
}

function hintSection(success: boolean, output: string): Section[] {
  const hint = success ? null : missingPieceIn(output)
  return hint === null ? [] : [section('What seems to be missing', hint)]
}

function outputSection(output: string, cut: boolean): Section {
  if (output === '') return section('Output', 'The command printed nothing.')
  const remark = cut
    ? 'The middle of the output was left out by the tool; the task’s log has it.'
    : ''
  return section('End of the output', block(tailOf(output)), remark)
}

function interruptedReport(line: string): PartReport {
  return {
    success: false,
    headline:
      `A restart of the program cut off ${code(line)}. It may have had its effect, wholly or in part. ` +
      'It was not repeated, because running it twice might do harm; check, and start it again if it is safe.',
    sections: [],
  }
}
