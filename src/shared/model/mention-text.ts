/** A word of a message that points at something: what stands there, and the name in it. */
export interface MentionWord {
  readonly token: string
  readonly name: string
  /** Where the token begins, in UTF-16 units. */
  readonly at: number
}

/** Behind a blank or a bracket, so that an address of mail is none; in quotes where it holds blanks. */
const WORD = /(?<=^|[\s([{<"'*_])@(?:"([^"\n]{1,1000})"|([^\s@"'`,;()[\]{}<>*]{1,1000}))/gu

/** The words of a text that begin with `@`, in their order; a closing full stop belongs to the sentence. */
export function mentionsIn(text: string): MentionWord[] {
  if (!text.includes('@')) return []
  return [...text.matchAll(WORD)].flatMap((match): MentionWord[] => {
    const quoted = match[1]
    if (quoted !== undefined) return [{ token: match[0], name: quoted, at: match.index }]
    const name = (match[2] ?? '').replace(/[.:!?…_]+$/u, '')
    return name === '' ? [] : [{ token: `@${name}`, name, at: match.index }]
  })
}

/** How something is pointed at: in quotes where its name would end too early. */
export function mentionOf(name: string): string {
  const [found] = mentionsIn(`@${name}`)
  return found?.name === name ? found.token : `@"${name.replaceAll('"', '')}"`
}
