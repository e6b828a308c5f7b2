/** At most so many UTF-16 units, with an ellipsis for what is left out; never cut within a character of two units. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const start = text.slice(0, most - 1).toWellFormed()
  return `${start.replace(/\uFFFD$/, '').trimEnd()}…`
}
