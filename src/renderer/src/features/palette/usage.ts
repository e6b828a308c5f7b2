import { z } from 'zod'
import { remember, remembered } from '../../stores/storage.js'

const NAME = 'palette'
const MOST = 200
const HALF_LIFE_MS = 14 * 86_400_000

const Use = z.object({ weight: z.number(), at: z.number() })
const Uses = z.record(z.string(), Use)
export type Uses = z.infer<typeof Uses>

/** How often each entry was chosen, of late. */
export function readUses(): Uses {
  const text = remembered(NAME)
  if (text === null) return {}
  try {
    const parsed = Uses.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : {}
  } catch {
    // Whoever wrote it was not us.
    return {}
  }
}

export function rememberUse(id: string, now: number): void {
  remember(NAME, JSON.stringify(used(readUses(), id, now)))
}

/** What was used long ago counts half after each fortnight, and the least is forgotten. */
export function used(uses: Uses, id: string, now: number): Uses {
  const next = { ...uses, [id]: { weight: weightOf(uses, id, now) + 1, at: now } }
  const kept = Object.keys(next)
    .sort((a, b) => weightOf(next, b, now) - weightOf(next, a, now))
    .slice(0, MOST)
  return Object.fromEntries(kept.flatMap((name) => (next[name] ? [[name, next[name]]] : [])))
}

export function weightOf(uses: Uses, id: string, now: number): number {
  const use = uses[id]
  if (use === undefined) return 0
  return use.weight * 0.5 ** (Math.max(0, now - use.at) / HALF_LIFE_MS)
}
