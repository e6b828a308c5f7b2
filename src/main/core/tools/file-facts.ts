import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Clock } from '../ports.js'

export interface FileFacts {
  readonly bytes: number
  /** Null when it was not counted: the file is too large, or the time for counting was over. */
  readonly lines: number | null
  readonly binary: boolean
}

/** A NUL within this many bytes marks a binary file, as git and ripgrep see it. */
export const BINARY_PROBE_BYTES = 8 * 1024
const MAX_COUNTED_BYTES = 8 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024
const PARALLEL_FILES = 16
const NEWLINE = 0x0a

export interface CountLimits {
  readonly clock: Clock
  readonly maxMs: number
  readonly signal: AbortSignal
}

/**
 * Sizes and line counts of many files, in the given order; null where a file is gone or is not a
 * regular one. When the time is over, the rest has sizes and no line counts.
 */
export async function factsOfFiles(
  paths: readonly string[],
  limits: CountLimits,
): Promise<readonly (FileFacts | null)[]> {
  const facts = new Array<FileFacts | null>(paths.length).fill(null)
  const endMs = limits.clock.now() + limits.maxMs
  let next = 0
  const worker = async () => {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    while (next < paths.length) {
      limits.signal.throwIfAborted()
      const index = next++
      const file = paths[index] ?? ''
      facts[index] = await factsOfFile(file, limits.clock.now() < endMs, buffer)
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL_FILES, paths.length) }, worker))
  return facts
}

async function factsOfFile(
  file: string,
  count: boolean,
  buffer: Buffer,
): Promise<FileFacts | null> {
  try {
    await using handle = await open(
      file,
      constants.O_RDONLY | constants.O_NONBLOCK | (constants.O_NOFOLLOW ?? 0),
    )
    const stat = await handle.stat()
    if (!stat.isFile()) return null
    if (!count || stat.size > MAX_COUNTED_BYTES) {
      return { bytes: stat.size, lines: null, binary: false }
    }
    let lines = 0
    let last = NEWLINE
    for (let position = 0; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      if (position === 0 && looksBinary(chunk))
        return { bytes: stat.size, lines: null, binary: true }
      lines += countNewlines(chunk)
      last = chunk[bytesRead - 1] ?? NEWLINE
      position += bytesRead
    }
    return { bytes: stat.size, lines: last === NEWLINE ? lines : lines + 1, binary: false }
  } catch {
    // Gone since it was listed, or not to be read: the list does without it.
    return null
  }
}

export function looksBinary(start: Buffer): boolean {
  return start.subarray(0, BINARY_PROBE_BYTES).includes(0)
}

export function countNewlines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines++
  return lines
}
