/**
 * Markdown of the kind that models write: headings, paragraphs, lists, tables, code.
 *
 * @param {number} length
 */
export function proseOf(length) {
  const parts = [
    (/** @type {number} */ n) => `## Part ${n}`,
    (/** @type {number} */ n) =>
      `Some **bold** words and \`code\` with a [link](https://example.com/${n}), and the rest of a sentence that goes on for a while so that it fills a line or two of the screen.`,
    (/** @type {number} */ n) => `- one item ${n}\n- another with _emphasis_\n- a third`,
    (/** @type {number} */ n) =>
      `\`\`\`ts\nconst a${n} = 1\nfunction f${n}() {\n  return a${n}\n}\n\`\`\``,
    (/** @type {number} */ n) => `| a | b |\n|---|---|\n| ${n} | 2 |\n| 3 | 4 |`,
    (/** @type {number} */ n) =>
      `Plain text again, number ${n}, which says nothing in particular but says it at some length, as replies do.`,
  ]
  const made = []
  let size = 0
  for (let n = 0; size < length; n++) {
    const part = parts[n % parts.length]?.(n) ?? ''
    made.push(part)
    size += part.length + 2
  }
  return made.join('\n\n').slice(0, length)
}

/**
 * A reply that is one block of code, not closed yet.
 *
 * @param {number} length
 */
export function fenceOf(length) {
  let text = 'Here is the file:\n\n```ts\n'
  for (let n = 0; text.length < length; n++) {
    text += `export const value${n} = compute(${n}, "text") // line ${n}\n`
  }
  return text.slice(0, length)
}
