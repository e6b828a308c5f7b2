import { z } from 'zod'

/**
 * What a task may use up, all its attempts together; with `parentId` the tree of the parent pays as well.
 * Nothing begins that would begin above it, and what is there of a result is kept.
 */
export const Budget = z
  .strictObject({
    /** Read and written by the model, caches included. */
    tokens: z.number().int().min(1),
    /** US dollars at the provider's list price. */
    costUsd: z.number().positive(),
    /** Answers of the model. */
    turns: z.number().int().min(1),
    /** Running time. */
    timeMs: z.number().int().min(1),
  })
  .partial()
  .refine(
    (budget) => Object.keys(budget).length > 0,
    'names nothing: give tokens, costUsd, turns or timeMs',
  )
export type Budget = z.infer<typeof Budget>

/** What has been used up so far. */
export const Usage = z.object({
  tokens: z.number(),
  /** Null where a model was used whose price is not known. */
  costUsd: z.number().nullable(),
  turns: z.number(),
})
export type Usage = z.infer<typeof Usage>
