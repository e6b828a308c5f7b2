import { z } from 'zod'

/**
 * What becomes of instants that passed while nobody could run them: `run_once` makes up for all of
 * them with one run, `skip` gives them up, `run_all` makes up for each that is no older than
 * `maxAgeMs`.
 */
export const Misfire = z.object({
  policy: z.enum(['run_once', 'skip', 'run_all']),
  maxAgeMs: z.number().int().positive(),
})
export type Misfire = z.infer<typeof Misfire>

/** As a submitter may write it: a word, or a word with an age. */
export const MisfireParam = z.union([
  Misfire.shape.policy,
  z.strictObject({ policy: Misfire.shape.policy, maxAgeMs: Misfire.shape.maxAgeMs.optional() }),
])
export type MisfireParam = z.infer<typeof MisfireParam>
