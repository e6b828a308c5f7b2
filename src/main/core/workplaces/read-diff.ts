import type { DiffHunk, DiffLine, FileDiff } from '../../../shared/model/worktree.js'
import { changedFiles, type FoundFile, PLAIN_DIFF, plain, type Range } from './changed-files.js'
import type { Git } from './git.js'

export interface DiffLimits {
  readonly linesPerFile: number
  /** UTF-16 units. */
  readonly charactersPerFile: number
  readonly charactersTotal: number
}

const OF_ALL: DiffLimits = {
  linesPerFile: 2_000,
  charactersPerFile: 200 * 1024,
  charactersTotal: 2 * 1024 * 1024,
}
const OF_ONE: DiffLimits = {
  linesPerFile: Number.POSITIVE_INFINITY,
  charactersPerFile: 20 * 1024 * 1024,
  charactersTotal: 20 * 1024 * 1024,
}
/** What is read of git at most: lines that are left out are read as well. */
const MAX_BYTES = 64 * 1024 * 1024
/** Above this, git shows no lines; see the settings of `Git`. */
const LARGEST_FILE = 20 * 1024 * 1024
const SIZES_ASKED = 20

/** The lines that are different between two states, of one file or of all. */
export async function readDiff(
  git: Git,
  folder: string,
  range: Range,
  only?: string,
): Promise<FileDiff[]> {
  const all = await changedFiles(git, folder, range)
  const files = only === undefined ? all : all.filter((file) => file.path === only)
  if (files.length === 0) return []
  const parser = new DiffParser(files, only === undefined ? OF_ALL : OF_ONE)
  const paths =
    only === undefined
      ? []
      : files
          .flatMap((file) => [file.path, file.oldPath ?? file.path])
          .map((name) => `:(top,literal)${name}`)
  const { truncated } = await git.run(
    folder,
    ['diff', '--patch', ...PLAIN_DIFF, '--end-of-options', range.from, range.to, '--', ...paths],
    { maxBytes: MAX_BYTES, onText: (text) => parser.push(text) },
  )
  const diffs = parser.end(truncated)
  await explain(git, folder, files, diffs)
  return diffs
}

/** Says of what has no lines what it is. */
async function explain(
  git: Git,
  folder: string,
  files: readonly FoundFile[],
  diffs: FileDiff[],
): Promise<void> {
  let asked = 0
  for (const [index, file] of files.entries()) {
    const diff = diffs[index]
    if (diff === undefined) continue
    if (file.status === 'submodule') {
      diff.omitted = `a submodule, from ${file.oldBlob.slice(0, 12)} to ${file.blob.slice(0, 12)}`
      diff.hunks = []
    } else if (file.binary) {
      diff.omitted = 'binary'
      if (asked >= SIZES_ASKED) continue
      asked += 1
      const blob = /^0+$/.test(file.blob) ? file.oldBlob : file.blob
      const { code, out } = await git.run(folder, ['cat-file', '-s', blob], { ok: [0, 128] })
      if (code !== 0) continue
      const bytes = Number(out)
      const size = `${(bytes / 1_000_000).toFixed(1)} MB`
      diff.omitted = bytes > LARGEST_FILE ? `${size}: too large to be shown` : `binary, ${size}`
    }
  }
}

/**
 * Reads the output of `git diff` line by line and keeps what the limits allow. The sections come in the order
 * in which git lists the files, so no name is ever taken from the text.
 */
export class DiffParser {
  readonly #files: readonly FoundFile[]
  readonly #limits: DiffLimits
  readonly #diffs: FileDiff[]
  /** Index of the file of each section; one whose type changed has two, for the old and for the new. */
  readonly #sections: number[]
  #section = -1
  #rest = ''
  #hunk: DiffHunk | null = null
  #oldLine = 0
  #newLine = 0
  /** Lines of the hunk under way that are still to come: only they are content. */
  #oldLeft = 0
  #newLeft = 0
  #lines = 0
  #characters = 0
  #total = 0

  constructor(files: readonly FoundFile[], limits: DiffLimits) {
    this.#files = files
    this.#limits = limits
    this.#diffs = files.map((file) => ({ ...plain(file), hunks: [] }))
    this.#sections = files.flatMap((file, index) =>
      file.status === 'type_changed' ? [index, index] : [index],
    )
  }

  push(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    // One line of many megabytes: what is over the limit would be dropped anyway.
    const longest = this.#limits.charactersPerFile + 1
    if (this.#rest.length > longest) this.#rest = this.#rest.slice(0, longest)
    for (const line of lines) this.#line(line)
  }

  end(truncated: boolean): FileDiff[] {
    if (this.#rest !== '') this.#line(this.#rest)
    if (truncated) {
      const last = this.#sections[Math.max(this.#section, 0)] ?? 0
      for (const diff of this.#diffs.slice(last)) {
        diff.omitted ??= 'too much has changed to show all of it; ask for this file alone'
      }
    }
    return this.#diffs
  }

  #line(line: string): void {
    if (this.#oldLeft > 0 || this.#newLeft > 0) this.#content(line)
    else if (line.startsWith('diff --git ')) this.#begin()
    else if (line.startsWith('@@ ')) this.#begins(line)
  }

  #begin(): void {
    const before = this.#sections[this.#section]
    this.#section += 1
    this.#hunk = null
    if (this.#sections[this.#section] === before) return
    this.#lines = 0
    this.#characters = 0
  }

  #begins(header: string): void {
    const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header)
    const [, oldStart = '0', oldCount = '1', newStart = '0', newCount = '1'] = found ?? []
    this.#oldLine = Number(oldStart)
    this.#newLine = Number(newStart)
    this.#oldLeft = Number(oldCount)
    this.#newLeft = Number(newCount)
    this.#hunk = { header: header.slice(0, 500), lines: [] }
    const diff = this.#diff()
    if (diff !== undefined && diff.omitted === undefined) diff.hunks.push(this.#hunk)
  }

  #content(line: string): void {
    // "\ No newline at end of file"
    if (line.startsWith('\\')) return
    const text = line.slice(1)
    const isOld = !line.startsWith('+')
    const isNew = !line.startsWith('-')
    const kind = isOld && isNew ? 'context' : isOld ? 'deleted' : 'added'
    this.#keep({
      kind,
      ...(isOld ? { oldLine: this.#oldLine } : {}),
      ...(isNew ? { newLine: this.#newLine } : {}),
      text,
    })
    if (isOld) {
      this.#oldLine += 1
      this.#oldLeft -= 1
    }
    if (isNew) {
      this.#newLine += 1
      this.#newLeft -= 1
    }
  }

  #keep(line: DiffLine): void {
    const diff = this.#diff()
    if (diff === undefined || diff.omitted !== undefined) return
    this.#lines += 1
    this.#characters += line.text.length
    const { linesPerFile, charactersPerFile, charactersTotal } = this.#limits
    if (this.#lines > linesPerFile || this.#characters > charactersPerFile) {
      diff.omitted = 'the change is long: the rest of it is left out; ask for this file alone'
    } else if (this.#total + line.text.length > charactersTotal) {
      diff.omitted = 'much has changed: the rest is left out; ask for this file alone'
    } else {
      this.#total += line.text.length
      this.#hunk?.lines.push(line)
    }
  }

  #diff(): FileDiff | undefined {
    return this.#diffs[this.#sections[this.#section] ?? this.#files.length]
  }
}
