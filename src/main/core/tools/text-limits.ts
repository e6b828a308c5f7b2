/** The most that the model is given as the result of one call, in bytes of UTF-8. */
export const MAX_OUTCOME_BYTES = 64 * 1024

/**
 * Cuts the middle out of a text that is longer than `maxBytes` and says how much is missing. No
 * character is split; the notice comes on top of the limit.
 */
export function cutMiddle(text: string, maxBytes: number): string {
  // Each UTF-16 unit is at most three bytes, so most texts need not be measured.
  if (text.length * 3 <= maxBytes) return text
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= maxBytes) return text
  const half = Math.floor(maxBytes / 2)
  const head = wholeCharacters(bytes.subarray(0, half))
  const tail = wholeCharacters(bytes.subarray(bytes.length - half))
  return joinCut(head, bytes.length - head.length - tail.length, tail)
}

/** A head and a tail as one text, with the number of bytes that are missing between them. */
export function joinCut(head: Buffer, omittedBytes: number, tail: Buffer): string {
  return `${head.toString('utf8')}\n[… ${omittedBytes} bytes left out …]\n${tail.toString('utf8')}`
}

/** The longest text of at most `maxChars` UTF-16 units, with an ellipsis where it was cut. */
export function cutEnd(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const end = isHighSurrogate(text.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars
  return `${text.slice(0, end)}…`
}

/** The given bytes without the parts of characters that a cut has left at either end. */
export function wholeCharacters(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length && start < 4 && isContinuation(bytes[start])) start++
  let lead = bytes.length - 1
  while (lead >= start && bytes.length - lead < 4 && isContinuation(bytes[lead])) lead--
  const complete = lead < start || lead + sequenceLength(bytes[lead]) <= bytes.length
  return bytes.subarray(start, complete ? bytes.length : lead)
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function sequenceLength(lead: number | undefined): number {
  if (lead === undefined || lead < 0xc0) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
