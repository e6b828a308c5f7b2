import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './node-ports/private-file.js'

/**
 * The port that the host of a data directory had last. A browser keeps what was typed by address: at another port the drafts
 * of the person would be gone. The token is another one after each start, for whoever takes the port meanwhile hears the old.
 */
const Port = z.coerce.number().int().min(1).max(65_535)

function pathIn(dataDirectory: string): string {
  return join(dataDirectory, 'port')
}

/** Null where there was no host yet, or what is kept is no port. */
export function readUsualPort(dataDirectory: string): number | null {
  try {
    return Port.parse(readFileSync(pathIn(dataDirectory), 'utf8').trim())
  } catch {
    // Missing or damaged: any free port is as good.
    return null
  }
}

export function writeUsualPort(dataDirectory: string, port: number): void {
  if (readUsualPort(dataDirectory) !== port) writePrivateFile(pathIn(dataDirectory), `${port}\n`)
}
