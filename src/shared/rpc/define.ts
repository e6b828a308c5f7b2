import type { z } from 'zod'

/** One request of the contract: what it takes and what it answers. */
export interface MethodContract<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly params: P
  readonly result: R
}

export function method<P extends z.ZodType, R extends z.ZodType>(
  params: P,
  result: R,
): MethodContract<P, R> {
  return { params, result }
}

/**
 * One notification of the contract. A durable event has a `seq`, is stored with the change that it
 * tells of, and reaches every subscriber once; a live event is lost on whoever is not listening.
 */
export interface EventContract<P extends z.ZodObject = z.ZodObject, D extends boolean = boolean> {
  readonly params: P
  readonly durable: D
}

export function durable<P extends z.ZodObject>(params: P): EventContract<P, true> {
  return { params, durable: true }
}

export function live<P extends z.ZodObject>(params: P): EventContract<P, false> {
  return { params, durable: false }
}
