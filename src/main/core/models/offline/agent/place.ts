import { code } from '../report/markdown.js'
import type { Outcome, Routine } from '../routine.js'
import { errorCodeOf, errorLine, type Listing, parseListing } from '../tool-text.js'
import type { Place } from '../words/intent.js'
import { listAll, listLevel } from './calls.js'
import type { Stage } from './part.js'

/** What a survey looks at: a folder, one file, or the whole workspace. */
export interface Ground {
  /** Null for the whole workspace. */
  readonly path: string | null
  readonly isFile: boolean
  readonly listing: Listing
  /** Something to tell about the choice; null when it was as asked. */
  readonly note: string | null
}

export type GroundFound =
  | { readonly kind: 'ground'; readonly ground: Ground }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Lists what a place holds. A word that only might be a place gives way to the whole workspace when
 * there is no such file or folder, and the report says so; a certain one is an error then.
 */
export function* findGround(stage: Stage, place: Place | null): Routine<GroundFound> {
  const path = place === null || place.path === '.' ? null : place.path
  const listed = yield* stage.askOne(
    `I list the files of ${path === null ? 'the workspace' : path}.`,
    listAll(path),
  )
  if (!listed.isError) return found(path, false, parseListing(listed.content), null)
  if (path === null || place === null)
    return failed(`the workspace could not be listed: ${errorLine(listed)}`)
  const code_ = errorCodeOf(listed)
  if (code_ === 'invalid_params') return yield* asFile(stage, path, listed)
  if (code_ !== 'not_found')
    return failed(`${code(path)} could not be listed: ${errorLine(listed)}`)
  return yield* instead(stage, place, listed)
}

function* asFile(stage: Stage, path: string, refused: Outcome): Routine<GroundFound> {
  const slash = path.lastIndexOf('/')
  const parent = slash === -1 ? null : path.slice(0, slash)
  const listed = yield* stage.askOne(
    `${code(path)} is a file; I look up its size.`,
    listLevel(parent),
  )
  const listing = parseListing(listed.content)
  const own = listing.files.find((file) => file.path === path)
  if (listed.isError || own === undefined) {
    return failed(`${code(path)} could not be listed: ${errorLine(refused)}`)
  }
  return found(path, true, onlyFile(own), null)
}

function onlyFile(file: Listing['files'][number]): Listing {
  return {
    files: [file],
    directories: [],
    endings: [],
    totals: { files: 1, bytes: file.bytes, lines: file.lines ?? 0 },
    cut: null,
  }
}

function* instead(stage: Stage, place: Place, missing: Outcome): Routine<GroundFound> {
  const missed = code(place.path)
  if (place.certain) {
    const level = yield* stage.askOne(`${missed} is not there; I look what is.`, listLevel(null))
    return failed(`${missed} was not found (${errorLine(missing)}). ${whatIsThere(level)}`)
  }
  const listed = yield* stage.askOne(
    `There is no file or folder ${missed}; I take the whole workspace.`,
    listAll(null),
  )
  if (listed.isError) return failed(`the workspace could not be listed: ${errorLine(listed)}`)
  const note = `There is no file or folder ${missed}, so the whole workspace was looked at.`
  return found(null, false, parseListing(listed.content), note)
}

function whatIsThere(level: Outcome): string {
  if (level.isError) return ''
  const { directories, files } = parseListing(level.content)
  const names = [...directories.map((name) => `${name}/`), ...files.map((file) => file.path)]
  if (names.length === 0) return 'The workspace is empty.'
  const shown = names.slice(0, 20).map(code).join(', ')
  return `The workspace has ${shown}${names.length > 20 ? ' and more' : ''}.`
}

function found(
  path: string | null,
  isFile: boolean,
  listing: Listing,
  note: string | null,
): GroundFound {
  return { kind: 'ground', ground: { path, isFile, listing, note } }
}

function failed(reason: string): GroundFound {
  return { kind: 'failed', reason }
}
