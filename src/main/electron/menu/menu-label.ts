const LONGEST = 60

/** Text of a task or a question as one line of a menu; `&` would underline the letter after it. */
export function menuLabel(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return (line.length > LONGEST ? `${cut(line)}…` : line).replaceAll('&', '&&')
}

/** Not within a character of two units. */
function cut(line: string): string {
  return line
    .slice(0, LONGEST - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()
}
