import type { Clock } from '../../ports.js'
import { ModelError } from '../model-client.js'

export interface StreamPace {
  readonly charactersPerSecond: number
}

const PIECE_CHARACTERS = 40
/** A long text comes in larger pieces, so that no answer takes much longer than this to appear. */
const LONGEST_MS = 2_000

/** Cuts a text into pieces that never split a character (surrogate pair). Joined they are the text. */
export function piecesOf(text: string, size: number): string[] {
  const pieces: string[] = []
  let start = 0
  while (start < text.length) {
    let end = Math.min(text.length, start + Math.max(1, size))
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

/**
 * Hands a text over in small pieces at a reading pace, measured by the clock.
 * @throws ModelError `aborted` as soon as the signal is
 */
export async function streamText(
  text: string,
  onText: (piece: string) => void,
  options: { readonly clock: Clock; readonly pace: StreamPace; readonly signal: AbortSignal },
): Promise<void> {
  const { clock, pace, signal } = options
  const pauseMs = (PIECE_CHARACTERS / pace.charactersPerSecond) * 1000
  const mostPieces = pauseMs > 0 ? Math.max(1, Math.floor(LONGEST_MS / pauseMs)) : text.length
  const size = Math.max(PIECE_CHARACTERS, Math.ceil(text.length / mostPieces))
  for (const [index, piece] of piecesOf(text, size).entries()) {
    if (index > 0 && pauseMs > 0) await pause(clock, pauseMs, signal)
    throwIfAborted(signal)
    onText(piece)
  }
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError()
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError())
      return
    }
    const onAbort = () => {
      timer.cancel()
      reject(abortError())
    }
    const timer = clock.schedule(delayMs, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

function abortError(): ModelError {
  return new ModelError('the answer was stopped', { errorClass: 'aborted' })
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
