import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, mkdir, open, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { codeOf, fileError } from './file-error.js'
import { assertUnmoved, type WorkspacePath } from './workspace-path.js'

/**
 * Replaces or creates a file so that no reader and no crash ever sees half of it: the text goes into
 * a new file in the same directory, which then takes the name. Missing directories are created.
 *
 * @param mode permissions to keep; null for a new file, which gets the usual ones
 * @param callId names the temporary file, so that a repeated call cleans up after a crashed one
 * @throws AppError
 */
export async function writeAtomically(
  place: WorkspacePath,
  text: string,
  mode: number | null,
  callId: string,
): Promise<void> {
  const directory = path.dirname(place.real)
  const temporary = path.join(directory, temporaryName(callId))
  try {
    await makeDirectory(directory, place.relative)
    await assertUnmoved(place)
    await writeNew(temporary, text)
    if (mode !== null) await chmod(temporary, mode & 0o7777)
    await assertUnmoved(place)
    await rename(temporary, place.real)
  } catch (error) {
    await removeIfThere(temporary)
    throw fileError(error, place.relative)
  }
}

async function makeDirectory(directory: string, relative: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw new AppError(
      'invalid_params',
      `"${relative}" leads through a file as if it were a directory`,
      { cause: error },
    )
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  await removeIfThere(file)
  // Exclusive creation never follows a link that waits under this name.
  await using handle = await open(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
    0o666,
  )
  await handle.writeFile(text, 'utf8')
  await handle.datasync()
}

async function removeIfThere(file: string): Promise<void> {
  try {
    await unlink(file)
  } catch (error) {
    // Without its directory it is not there either; anything else will show when it is created.
    const code = codeOf(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw fileError(error, path.basename(file))
  }
}

/** Short whatever the name of the file is, which may be as long as a name can be. */
function temporaryName(callId: string): string {
  return `.smart-agents-${createHash('sha256').update(callId).digest('hex').slice(0, 16)}.tmp`
}
