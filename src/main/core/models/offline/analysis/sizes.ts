import type { ListedFile } from '../tool-text.js'
import type { SizeLimit } from '../words/intent.js'

/** The largest first; files of equal size by path. */
export function largestByBytes(
  files: readonly ListedFile[],
  limit: SizeLimit | null = null,
): ListedFile[] {
  const least = limit?.unit === 'bytes' ? limit.value : 0
  return files
    .filter((file) => file.bytes >= least)
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}

/** Only files whose lines were counted. */
export function largestByLines(
  files: readonly ListedFile[],
  limit: SizeLimit | null = null,
): (ListedFile & { readonly lines: number })[] {
  const least = limit?.unit === 'lines' ? limit.value : 0
  return files
    .flatMap((file) => (file.lines === null ? [] : [{ ...file, lines: file.lines }]))
    .filter((file) => file.lines >= least)
    .sort((a, b) => b.lines - a.lines || (a.path < b.path ? -1 : 1))
}

export interface DirectoryTotals {
  readonly path: string
  readonly files: number
  readonly bytes: number
  readonly lines: number
}

/** Files by the directory one level below `base`, largest first; those in `base` itself as `base`. */
export function directoriesOf(files: readonly ListedFile[], base: string): DirectoryTotals[] {
  const prefix = base === '.' || base === '' ? '' : `${base}/`
  const groups = Map.groupBy(files, ({ path }) => {
    const below = path.startsWith(prefix) ? path.slice(prefix.length) : path
    const slash = below.indexOf('/')
    return slash === -1 ? base || '.' : `${prefix}${below.slice(0, slash)}`
  })
  return [...groups]
    .map(([path, group]) => ({
      path,
      files: group.length,
      bytes: group.reduce((sum, file) => sum + file.bytes, 0),
      lines: group.reduce((sum, file) => sum + (file.lines ?? 0), 0),
    }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}
