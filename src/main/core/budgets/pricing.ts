import type { TokenUsage } from '../models/model-client.js'
import { OFFLINE_MODEL_NAME } from '../models/offline/offline-model.js'

/** US dollars per million tokens, as the provider lists them. */
interface Price {
  readonly input: number
  readonly output: number
}

/** By the beginning of a model's name; a name that fits nothing has no known price. */
const PRICES: readonly (readonly [name: RegExp, price: Price])[] = [
  [new RegExp(`^${OFFLINE_MODEL_NAME}$`), { input: 0, output: 0 }],
  [/^claude-opus-4-[5-9]/, { input: 5, output: 25 }],
  [/^claude-opus-4(-[01])?(-\d{8})?$/, { input: 15, output: 75 }],
  [/^claude-sonnet-4/, { input: 3, output: 15 }],
  [/^claude-haiku-4-5/, { input: 1, output: 5 }],
  [/^claude-3-5-haiku/, { input: 0.8, output: 4 }],
]

/** A cache is read at a tenth of the price of input, and written at a quarter more. */
const CACHE_READ = 0.1
const CACHE_WRITE = 1.25

/** What a turn has cost, in millionths of a US dollar; null where the price of the model is not known. */
export function costMicroUsd(model: string, usage: TokenUsage): number | null {
  const price = PRICES.find(([name]) => name.test(model))?.[1]
  if (price === undefined) return null
  const input =
    usage.inputTokens + usage.cacheReadTokens * CACHE_READ + usage.cacheWriteTokens * CACHE_WRITE
  return Math.round(input * price.input + usage.outputTokens * price.output)
}

export function totalTokens(usage: TokenUsage): number {
  return usage.inputTokens + usage.outputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
}
