import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import type { Logger, Secrets } from '../../core/ports.js'
import { writePrivateFile } from './private-file.js'

const Stored = z.object({ 'anthropic-api-key': z.string().min(1).optional() })
type Stored = z.infer<typeof Stored>

/**
 * Keeps secrets in `secrets.json` of the data directory, readable by its owner alone: the choice
 * for hosts that have no vault of the operating system.
 */
export function createFileSecrets(dataDirectory: string, logger: Logger): Secrets {
  const path = join(dataDirectory, 'secrets.json')
  let stored = readStored(path, logger)
  return {
    get: (name) => stored[name] ?? null,
    set(name, value) {
      const { [name]: _, ...others } = stored
      const next: Stored = value === null ? others : { ...others, [name]: value }
      try {
        writePrivateFile(path, `${JSON.stringify(next, null, 2)}\n`)
      } catch (error) {
        const text = `the key could not be stored in ${path}: ${messageOf(error)}`
        throw new AppError('forbidden', text, { cause: error })
      }
      stored = next
    },
  }
}

/** A file that cannot be used counts as empty: the app must start, and a key can be typed in again. */
function readStored(path: string, logger: Logger): Stored {
  try {
    const stored = Stored.parse(JSON.parse(readFileSync(path, 'utf8')))
    // It may have been copied, or restored from a backup that lost its mode.
    chmodSync(path, 0o600)
    return stored
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    // The text of a parse error quotes the file, so it is not logged.
    logger.warn({ path }, 'the stored keys cannot be read and count as absent')
    return {}
  }
}
