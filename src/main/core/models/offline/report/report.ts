import { oneLine } from './markdown.js'

/** What one part of a task came to. */
export interface PartReport {
  readonly success: boolean
  /** A short sentence for the chat and the top of the report. */
  readonly headline: string
  /** Markdown below the headline. */
  readonly sections: readonly Section[]
}

export interface Section {
  /** Null for text right below the headline. */
  readonly title: string | null
  readonly body: string
}

export function section(title: string | null, ...paragraphs: readonly string[]): Section {
  return { title, body: paragraphs.filter((part) => part !== '').join('\n\n') }
}

const FOOTER =
  '_Made in offline mode: fixed rules and the figures of the tools named above, no language model._'

/** The whole report of a task; several parts become chapters. */
export function renderReport(
  title: string,
  parts: readonly { readonly title: string; readonly report: PartReport }[],
  closing: readonly Section[],
): string {
  // Who lists a failed task shows the first line of its report: it says what went wrong.
  const failed = parts.find(({ report }) => !report.success)
  const heading = failed === undefined ? capitalized(title) : plain(failed.report.headline)
  const blocks = [`# ${heading}`]
  if (failed !== undefined) blocks.push(`The task: ${title}`)
  for (const part of parts) {
    const level = parts.length > 1 ? '###' : '##'
    if (parts.length > 1) blocks.push(`## ${part.title}`)
    if (parts.length > 1 || failed === undefined) blocks.push(part.report.headline)
    blocks.push(...part.report.sections.map((each) => renderSection(each, level)))
  }
  blocks.push(...closing.map((each) => renderSection(each, '##')), FOOTER)
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`
}

const LONGEST_HEADING = 200

function plain(headline: string): string {
  return oneLine(headline.replaceAll('**', ''), LONGEST_HEADING)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function renderSection({ title, body }: Section, level: string): string {
  return title === null ? body : `${level} ${title}\n\n${body}`
}
