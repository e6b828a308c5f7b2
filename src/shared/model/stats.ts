import { z } from 'zod'

/** What models have used up; `costUsd` is of the tokens whose price is known, `unpricedTokens` are the others. */
const Spending = z.object({
  turns: z.number(),
  tokens: z.number(),
  costUsd: z.number(),
  unpricedTokens: z.number(),
})

/** Figures of one hour or one day. */
export const StatsBucket = z.object({
  /** Epoch ms of its beginning; it ends where the next one begins. */
  at: z.number(),
  completed: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  /** Seconds, as in `time`. */
  serial: z.number(),
  busy: z.number(),
  mostRunning: z.number(),
  /** Highest use of the machine while tasks ran, percent; null where none did. */
  peakCpu: z.number().nullable(),
  peakMemory: z.number().nullable(),
  ...Spending.shape,
})
export type StatsBucket = z.infer<typeof StatsBucket>

/** What happened in a span of time, for the person who wants to know whether it is worth it. */
export const StatsOverview = z.object({
  /** Epoch ms; `from` is included, `to` is not. */
  from: z.number(),
  to: z.number(),
  timezone: z.string(),
  /** What one bucket is: an hour where the span is at most two days, otherwise a day of the time zone. */
  bucket: z.enum(['hour', 'day']),
  /** Every one of the span, oldest first. */
  buckets: z.array(StatsBucket),
  /** Tasks by how they ended in the span; one that was tried again counts by its last end. */
  ended: z.object({
    completed: z.number(),
    failed: z.number(),
    cancelled: z.number(),
    /** Of those that completed or failed, 0 to 1; null without any. Who cancels a task has not failed. */
    successRate: z.number().nullable(),
    /** Completed per hour in which at least one task ran; null without any. */
    perHour: z.number().nullable(),
  }),
  /**
   * Seconds. `busy`: time in which at least one task ran. `serial`: the same once for each task that ran, which is
   * what they take one after another. `saved` is the difference: what a person would have waited longer who starts
   * one after another. The time in which tasks ran alone is not counted as saved.
   */
  time: z.object({
    serial: z.number(),
    busy: z.number(),
    saved: z.number(),
    /** Tasks at once on average while any ran, and at most; null without any. */
    parallelism: z.number().nullable(),
    mostRunning: z.number(),
  }),
  /** Why tasks failed or were cancelled, most frequent first. */
  failures: z.array(z.object({ cause: z.string(), count: z.number() })),
  tries: z.object({
    retries: z.number(),
    corrections: z.number(),
    /** Corrections after which the check passed. */
    mended: z.number(),
  }),
  waits: z.object({
    /** Seconds from submission to the first start, on average; null without any. */
    meanToStart: z.number().nullable(),
    /** Seconds that tasks waited, all together, longest first; `reason` as in `waitingFor`, or `restart`. */
    byReason: z.array(z.object({ reason: z.string(), waits: z.number(), seconds: z.number() })),
  }),
  byType: z.array(
    z.object({
      type: z.string(),
      completed: z.number(),
      failed: z.number(),
      cancelled: z.number(),
      /** Seconds. */
      runningTime: z.number(),
    }),
  ),
  cost: z.object({
    ...Spending.shape,
    /** Dearest first; the chat is the agent ''. */
    byAgent: z.array(z.object({ agent: z.string(), ...Spending.shape })),
    /** Models without a known price: what they cost is in no figure. */
    unpricedModels: z.array(z.object({ model: z.string(), tokens: z.number() })),
  }),
})
export type StatsOverview = z.infer<typeof StatsOverview>
