/** What a card or a list shows of a report, in UTF-16 units. */
const EXCERPT = 400

/** The line that a report begins with: agents are told to say the outcome there. */
export function headline(report: string): string {
  const line = report.split('\n').find((text) => text.trim() !== '') ?? ''
  return line.replace(/^\s*#+\s*/, '').slice(0, 300)
}

/**
 * The beginning of a report, up to its first section, cut at the end of a paragraph where it can be;
 * of a command's output the end, where the outcome stands.
 */
export function excerptOf(output: string): string {
  const text = output.trim()
  if (!text.startsWith('#')) return text.length <= EXCERPT ? text : `…${tail(text)}`
  const [, body = ''] = /^#[^\n]*\n+([\s\S]*)$/.exec(text) ?? []
  const lead = body.split(/\n(?=#)/)[0]?.trim() ?? ''
  if (lead.length <= EXCERPT) return lead
  const cut = lead.lastIndexOf('\n\n', EXCERPT)
  return cut > 0 ? lead.slice(0, cut) : `${lead.slice(0, EXCERPT)}…`
}

/** The last whole lines that fit. */
function tail(text: string): string {
  const end = text.slice(-EXCERPT)
  const line = end.indexOf('\n')
  return line >= 0 && line < end.length - 1 ? end.slice(line) : end
}
