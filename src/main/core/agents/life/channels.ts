import { z } from 'zod'

/** What an agent said in the course of a task (SEEDS A12). */
export interface Channels {
  /** Reasoning that it marked as such; not for a person who only wants the result. */
  readonly analysis: string
  /** What it said on the way. */
  readonly commentary: string
  /** The result. */
  readonly final: string
}

const Marked = z.object({
  analysis: z.string().default(''),
  commentary: z.string().default(''),
  final: z.string(),
})
/** What one event carries of a channel, in characters. */
const LONGEST = 20_000

const Answer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
})

/**
 * Sorts a run into channels: words that name no channel are commentary, and the report is final. Pure.
 * @param answers of the model, as they are stored; one that cannot be read says nothing
 */
export function channelsOf(answers: readonly string[], output: unknown): Channels {
  const report = typeof output === 'string' ? output : JSON.stringify(output ?? '')
  const marked = markedIn(report)
  const said = answers.map((answer) => wordsOf(answer).trim())
  const onTheWay = said.filter((text) => text !== '' && text !== report.trim()).join('\n\n')
  return {
    analysis: cut(marked?.analysis ?? ''),
    commentary: cut(
      [marked?.commentary ?? '', onTheWay].filter((text) => text !== '').join('\n\n'),
    ),
    final: cut(marked?.final ?? report),
  }
}

function wordsOf(answer: string): string {
  try {
    const parsed = Answer.safeParse(JSON.parse(answer))
    return parsed.success ? parsed.data.content.map(({ text = '' }) => text).join('') : ''
  } catch {
    // A damaged step: the result stands without it.
    return ''
  }
}

/** A report may be JSON with the channels as fields. */
function markedIn(report: string): z.output<typeof Marked> | null {
  if (!report.trimStart().startsWith('{')) return null
  try {
    const parsed = Marked.safeParse(JSON.parse(report))
    return parsed.success ? parsed.data : null
  } catch {
    // Not JSON after all: then it is a report like any other.
    return null
  }
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}
