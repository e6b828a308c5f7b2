import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './node-ports/private-file.js'

/** How the owner of a data directory can be reached; also the ready line of `serve --json`. */
export const HostInfo = z.object({
  url: z.string(),
  wsUrl: z.string(),
  token: z.string(),
  pid: z.number(),
  /** Epoch ms. */
  startedAt: z.number(),
})
export type HostInfo = z.infer<typeof HostInfo>

function pathIn(dataDirectory: string): string {
  return join(dataDirectory, 'host.json')
}

/** To be written by the owner alone, readable by its user alone. */
export function writeHostFile(dataDirectory: string, info: HostInfo): void {
  writePrivateFile(pathIn(dataDirectory), `${JSON.stringify(info, null, 2)}\n`)
}

export function removeHostFile(dataDirectory: string): void {
  rmSync(pathIn(dataDirectory), { force: true })
}

/**
 * What the last owner wrote: a hint, since it may have died without removing it. Null where there
 * is none, or none that could be used.
 */
export function readHostFile(dataDirectory: string): HostInfo | null {
  try {
    return HostInfo.parse(JSON.parse(readFileSync(pathIn(dataDirectory), 'utf8')))
  } catch {
    // Missing, damaged or not ours: in each case nobody can be reached through it.
    return null
  }
}
