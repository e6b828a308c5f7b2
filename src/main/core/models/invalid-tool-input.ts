import { z } from 'zod'

/** Enough to show the model its own mistake; a turn is stored and sent back with every later one. */
const MAX_KEPT_CHARS = 4_000

/**
 * Stands in for the arguments of a tool call that were not a JSON object. It is plain JSON itself,
 * so the turn can be stored and sent back to the provider as it is.
 */
export const InvalidToolInput = z.strictObject({
  __invalidJson: z.string(),
  reason: z.string(),
})
export type InvalidToolInput = z.infer<typeof InvalidToolInput>

/** Null when the input is anything but the marker. */
export function asInvalidToolInput(input: unknown): InvalidToolInput | null {
  return InvalidToolInput.safeParse(input).data ?? null
}

/** The arguments of a tool call as the model streamed them, or the marker; never throws. */
export function parseToolInput(text: string): Record<string, unknown> | InvalidToolInput {
  // A tool without parameters may be called with no arguments at all.
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
    return invalid(text, 'the arguments are JSON, but not an object')
  } catch (error) {
    return invalid(text, error instanceof Error ? error.message : String(error))
  }
}

/** Providers refuse a tool call whose input is not an object, so nothing else is ever sent back. */
export function asToolInputObject(input: unknown): Record<string, unknown> {
  if (isObject(input)) return input
  const text = JSON.stringify(input) ?? 'undefined'
  return invalid(text, 'the arguments are not an object')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(text: string, reason: string): InvalidToolInput {
  return { __invalidJson: text.slice(0, MAX_KEPT_CHARS), reason: reason.slice(0, 300) }
}
