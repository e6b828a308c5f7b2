import { constants, type Dirent } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { codeOf, fileError } from '../../tools/file-error.js'
import { openFile, resolveInWorkspace } from '../../tools/workspace-path.js'
import type { Remark } from './yaml-text.js'

/** Larger files are not read further than they are seen to be larger. */
export const LARGEST_DEFINITION = 256 * 1024
/** Files of the folder itself and of the folders in it. */
const LEVELS = 2
const MOST_FILES = 200

interface FolderFile<P> {
  /** Absolute. */
  readonly path: string
  readonly parsed: P | { readonly errors: readonly Remark[] }
}

interface FolderContent<P> {
  /** Ordered by path. */
  readonly files: readonly FolderFile<P>[]
  /** What is wrong with the folder as a whole. */
  readonly problem: string | null
}

interface Remembered<P> {
  readonly stamp: string
  readonly file: FolderFile<P>
}

export interface FolderKind<P> {
  /** What names of its files look like. */
  readonly names: RegExp
  /**
   * Never throws.
   * @param content at most one byte more than the largest definition
   * @param path absolute
   */
  parse(content: Uint8Array, path: string): P
}

/** One folder of definitions. A file is read again only when it has changed. */
export class DefinitionFolder<P> {
  readonly #kind: FolderKind<P>
  #remembered: ReadonlyMap<string, Remembered<P>> = new Map()

  constructor(kind: FolderKind<P>) {
    this.#kind = kind
  }

  /**
   * What is in it now; nothing where it does not exist. Never throws.
   * @param folder absolute, symbolic links resolved
   */
  async look(folder: string): Promise<FolderContent<P>> {
    try {
      const found = await filesIn(folder, '', LEVELS, this.#kind.names)
      const names = found.toSorted().slice(0, MOST_FILES)
      const remembered = new Map<string, Remembered<P>>()
      for (const name of names) remembered.set(name, await this.#fileAt(folder, name))
      this.#remembered = remembered
      const files = [...remembered.values()].map(({ file }) => file)
      const problem =
        found.length > MOST_FILES
          ? `there are more than ${MOST_FILES} files; those after ${names.at(-1)} are left out`
          : null
      return { files, problem }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { files: [], problem: null }
      return { files: [], problem: fileError(error, folder).message }
    }
  }

  async #fileAt(folder: string, name: string): Promise<Remembered<P>> {
    const path = join(folder, name)
    const stamp = await stampOf(path)
    const known = this.#remembered.get(name)
    if (known !== undefined && stamp !== null && known.stamp === stamp) return known
    try {
      return { stamp: stamp ?? '', file: { path, parsed: await this.#read(folder, name) } }
    } catch (error) {
      // Tried again at every look: what hindered the reading need not have changed the file.
      return {
        stamp: '',
        file: { path, parsed: { errors: [{ line: 1, message: messageOf(error) }] } },
      }
    }
  }

  /** @throws AppError for a file that cannot be read */
  async #read(folder: string, name: string): Promise<P> {
    const place = await resolveInWorkspace(folder, name)
    const file = await openFile(place, constants.O_RDONLY)
    try {
      // One more than allowed, so that a larger file shows itself.
      const buffer = Buffer.alloc(LARGEST_DEFINITION + 1)
      let length = 0
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = (await file.read(buffer, length, buffer.length - length)).bytesRead
      }
      const content = buffer.subarray(0, length)
      return this.#kind.parse(content, join(folder, name))
    } finally {
      await file.close()
    }
  }
}

/** Names of the files from the folder, at most one more than are read. */
async function filesIn(
  root: string,
  below: string,
  levels: number,
  wanted: RegExp,
): Promise<string[]> {
  const names: string[] = []
  for (const entry of await entriesOf(join(root, below), below === '')) {
    if (entry.name.startsWith('.')) continue
    const name = below === '' ? entry.name : join(below, entry.name)
    if (entry.isDirectory()) {
      if (levels > 1) names.push(...(await filesIn(root, name, levels - 1, wanted)))
    } else if (wanted.test(entry.name)) names.push(name)
    if (names.length > MOST_FILES) break
  }
  return names
}

/** By name, so that a folder that is too full is always cut at the same place. */
async function entriesOf(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (isRoot) throw error
    // A folder further down that is gone or not ours to read holds nothing for us.
    return []
  }
}

/** Changes with the file, and with where a link leads; null where that cannot be told. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const real = await realpath(path)
    const { ino, size, mtimeNs, ctimeNs } = await lstat(real, { bigint: true })
    return [real, ino, size, mtimeNs, ctimeNs].join(':')
  } catch {
    // Gone or unreadable: reading it says what is wrong.
    return null
  }
}

/** Without a byte order mark; null where it is not UTF-8. */
export function decodeUtf8(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return null
  }
}
