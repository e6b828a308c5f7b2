/** What is being pointed at while it is typed. */
export interface MentionQuery {
  /** Where the `@` stands. */
  readonly at: number
  readonly query: string
}

/** Further back nobody points at anything. */
const LONGEST = 200
const OPEN = /(?:^|[\s([{<'])@(?:"([^"\n]*)|([^\s@"]*))$/u

/** The mention that the caret stands at the end of; null where there is none. */
export function mentionBefore(text: string, caret: number): MentionQuery | null {
  const near = text.slice(Math.max(0, caret - LONGEST), caret)
  const match = OPEN.exec(near)
  if (match === null) return null
  const query = match[1] ?? match[2] ?? ''
  const length = query.length + (match[1] === undefined ? 1 : 2)
  return { at: caret - length, query }
}
