import type { DiffLine, FileDiff, LineComment } from '../../../../shared/model/worktree.js'
import type { LinePlace } from '../../stores/drafts.js'
import type { Text } from '../../text/text.js'

type Notes = Text['changes']['notes']

/** What stands under another in a diff, each with a key that stays its own. */
export type DiffRow =
  | { readonly kind: 'file'; readonly key: string; readonly file: FileDiff; readonly open: boolean }
  | { readonly kind: 'note'; readonly key: string; readonly file: FileDiff; readonly text: string }
  | { readonly kind: 'hunk'; readonly key: string; readonly header: string }
  | {
      readonly kind: 'line'
      readonly key: string
      readonly line: DiffLine
      readonly place: LinePlace
    }
  | { readonly kind: 'comment'; readonly key: string; readonly comment: LineComment }
  | { readonly kind: 'form'; readonly key: string; readonly place: LinePlace }

export interface DiffView {
  readonly files: readonly FileDiff[]
  /** Paths of files that are shut. */
  readonly shut: ReadonlySet<string>
  readonly comments: readonly LineComment[]
  /** Keys of the places where something is being written. */
  readonly writing: ReadonlySet<string>
}

/** Lays a diff out in rows: files, hunks, lines, and under a line what is said to it. */
export function diffRows(
  { files, shut, comments, writing }: DiffView,
  notes: Notes,
): readonly DiffRow[] {
  const said = Map.groupBy(comments, (comment) => keyOf(comment))
  const below = (place: LinePlace): DiffRow[] => {
    const key = keyOf(place)
    const rows: DiffRow[] = (said.get(key) ?? []).map((comment) => ({
      kind: 'comment',
      key: comment.id,
      comment,
    }))
    said.delete(key)
    if (writing.has(key)) rows.push({ kind: 'form', key: `form ${key}`, place })
    return rows
  }
  return files.flatMap((file) => {
    const open = !shut.has(file.path)
    const head: DiffRow = { kind: 'file', key: fileKey(file.path), file, open }
    if (!open) return [head]
    const lines = linesOf(file, below, notes)
    return [head, ...lines, ...lost(file, said)]
  })
}

function linesOf(file: FileDiff, below: (place: LinePlace) => DiffRow[], notes: Notes): DiffRow[] {
  const rows: DiffRow[] = file.hunks.flatMap((hunk, index): DiffRow[] => [
    { kind: 'hunk', key: `hunk ${index} ${file.path}`, header: hunk.header },
    ...hunk.lines.flatMap((line): DiffRow[] => {
      const place = placeOf(file.path, line)
      return [{ kind: 'line', key: keyOf(place), line, place }, ...below(place)]
    }),
  ])
  const text = noteOf(file, notes)
  if (text !== null) rows.push({ kind: 'note', key: `note ${file.path}`, file, text })
  return rows
}

/** Comments on lines that are not in the diff any more, since the file has changed since. */
function lost(file: FileDiff, said: Map<string, LineComment[]>): DiffRow[] {
  return [...said.values()]
    .flat()
    .filter(({ path }) => path === file.path)
    .map((comment) => ({ kind: 'comment', key: comment.id, comment }))
}

/** Why a file has no lines, or not all of them. */
function noteOf(file: FileDiff, notes: Notes): string | null {
  if (file.omitted !== undefined) return file.omitted
  if (file.hunks.length > 0) return null
  if (file.binary) return notes.binary
  if (file.status === 'submodule') return notes.submodule
  return file.status === 'renamed' ? notes.renamed : notes.unchanged
}

/** A deleted line is only on the old side; any other is named by the new one. */
export function placeOf(path: string, line: DiffLine): LinePlace {
  return line.newLine === undefined
    ? { path, line: line.oldLine ?? 0, side: 'old' }
    : { path, line: line.newLine, side: 'new' }
}

export function keyOf({ side, line, path }: LinePlace): string {
  return `${side} ${line} ${path}`
}

export function fileKey(path: string): string {
  return `file ${path}`
}

/** A file that was read by itself takes the place of the one that was left out. */
export function withLoaded(
  files: readonly FileDiff[],
  loaded: ReadonlyMap<string, FileDiff>,
): readonly FileDiff[] {
  return files.map((file) => loaded.get(file.path) ?? file)
}

/** What the keys lead to: files with n and p, files and lines with the arrows. */
export function stepFrom(
  rows: readonly DiffRow[],
  from: string | null,
  step: 1 | -1,
  filesOnly: boolean,
): number | null {
  const isStop = ({ kind }: DiffRow) => kind === 'file' || (!filesOnly && kind === 'line')
  const start = rows.findIndex(({ key }) => key === from)
  let index = start === -1 && step === -1 ? 0 : start + step
  while (index >= 0 && index < rows.length) {
    const row = rows[index]
    if (row !== undefined && isStop(row)) return index
    index += step
  }
  return null
}
