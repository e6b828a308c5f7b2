import { z } from 'zod'

/** Text that becomes an argument of a process; no operating system takes a NUL there. */
export const ArgumentText = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
