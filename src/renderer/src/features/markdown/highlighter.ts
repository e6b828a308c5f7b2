import type { CodeToken, HighlightReply, HighlightRequest } from './highlight-protocol.js'

export type HighlightedCode = readonly (readonly CodeToken[])[]

/** Longer code is shown without colours. */
const LONGEST_CODE = 50_000
const REMEMBERED = 200

let worker: Worker | null = null
let broken = false
let nextId = 1
const waiting = new Map<number, (lines: HighlightedCode | null) => void>()
const done = new Map<string, HighlightedCode | null>()

/** What is coloured already, without waiting. */
export function highlighted(code: string, language: string): HighlightedCode | null {
  return done.get(keyOf(code, language)) ?? null
}

/**
 * Colours code on a thread of its own, started with the first request. Resolves with null where
 * it cannot be coloured.
 */
export async function highlight(code: string, language: string): Promise<HighlightedCode | null> {
  const key = keyOf(code, language)
  const known = done.get(key)
  if (known !== undefined) return known
  if (code.length > LONGEST_CODE) return null
  const thread = workerOrNull()
  if (thread === null) return null
  const lines = await new Promise<HighlightedCode | null>((resolve) => {
    const id = nextId++
    waiting.set(id, resolve)
    thread.postMessage({ id, code, language } satisfies HighlightRequest)
  })
  if (done.size >= REMEMBERED) done.delete(done.keys().next().value ?? '')
  done.set(key, lines)
  return lines
}

function workerOrNull(): Worker | null {
  if (worker !== null || broken) return worker
  try {
    worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    // Some hosts forbid workers: code stays readable without colours.
    broken = true
    return null
  }
  worker.addEventListener('message', (event: MessageEvent<HighlightReply>) => {
    waiting.get(event.data.id)?.(event.data.lines)
    waiting.delete(event.data.id)
  })
  worker.addEventListener('error', () => {
    broken = true
    worker?.terminate()
    worker = null
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  })
  return worker
}

function keyOf(code: string, language: string): string {
  return `${language}\n${code}`
}
