/** What stands where a secret stood. */
export const MASK = '[key]'
/** A shorter one would mask ordinary words. */
const SHORTEST_SECRET = 8

/** Takes every secret out of a text. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (masked, secret) =>
      secret.length < SHORTEST_SECRET ? masked : masked.replaceAll(secret, MASK),
    text,
  )
}

/**
 * Takes secrets out of a stream of text, also one that is split between two pieces: an end that may be
 * the beginning of a secret is held back until it is clear.
 */
export class SecretFilter {
  readonly #secrets: readonly string[]
  #held = ''

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret.length >= SHORTEST_SECRET)
  }

  /** What of the stream is clear by now. */
  push(text: string): string {
    if (this.#secrets.length === 0) return text
    const masked = maskSecrets(this.#held + text, this.#secrets)
    const unclear = Math.max(...this.#secrets.map((secret) => beginningAtEnd(masked, secret)))
    this.#held = masked.slice(masked.length - unclear)
    return masked.slice(0, masked.length - unclear)
  }

  /** The stream has ended: what was held back. */
  rest(): string {
    const held = this.#held
    this.#held = ''
    return held
  }
}

/** Length of the longest end of the text that a secret begins with. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length--) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return 0
}
