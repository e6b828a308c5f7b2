import { z } from 'zod'

/** The longest text that a person or a program may hand in, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 1_000_000

export const Text = z
  .string()
  .min(1, 'must not be empty')
  .max(MAX_TEXT_LENGTH, `must not be longer than ${MAX_TEXT_LENGTH} characters`)
  .refine((text) => text.trim().length > 0, 'must not be blank')

/** Keyset paging; `cursor` is what the page before answered as `nextCursor`. */
export const PageParams = {
  limit: z.number().int().min(1).max(500).optional(),
  cursor: z.string().max(500).optional(),
}

/** An instant: epoch milliseconds, or ISO 8601 with a zone; comes out as epoch milliseconds. */
export const Instant = z.union([
  z.number().int().nonnegative(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
])
