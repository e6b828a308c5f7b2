/** A blank parts Chinese from Latin script, such as names, and never Chinese from Chinese. */
export function closeUp(text: string): string {
  return text.replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}
