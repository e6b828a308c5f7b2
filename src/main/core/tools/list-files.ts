import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Clock } from '../ports.js'
import { ArgumentText } from './argument-text.js'
import { fileError } from './file-error.js'
import { type FileFacts, factsOfFiles } from './file-facts.js'
import { placeArg, printedPath, runRipgrep, scopeArgs } from './ripgrep.js'
import { MAX_OUTCOME_BYTES } from './text-limits.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { succeeded } from './tool-outcome.js'
import { resolveInWorkspace } from './workspace-path.js'

/** Time for counting lines in one call; what is over it has sizes only. */
const MAX_COUNT_MS = 5_000
const MAX_ENTRIES = 5_000
const DEFAULT_ENTRIES = 1_000
/** Leaves room for the table of endings and the summary. */
const MAX_LIST_BYTES = MAX_OUTCOME_BYTES - 8 * 1024
const MAX_ENDINGS = 40

const Input = z.strictObject({
  path: z.string().optional().describe('Directory to list; the workspace itself when absent'),
  recursive: z
    .boolean()
    .optional()
    .describe('List the files of all directories below as well, instead of one level'),
  glob: ArgumentText.optional().describe('Only files that match, such as *.ts or src/**/*.css'),
  sort: z.enum(['path', 'size']).optional().describe('size lists the largest first; default path'),
  maxEntries: z.int().min(1).max(MAX_ENTRIES).optional().describe('Default 1000'),
})

interface Entry {
  /** Relative to the workspace. */
  readonly path: string
  readonly facts: FileFacts | 'dir'
}

/**
 * Output, one entry per line, tab separated, under a header that names the columns:
 *
 *     path<TAB>bytes<TAB>lines
 *     src<TAB>0<TAB>dir
 *     src/a.ts<TAB>120<TAB>7
 *     logo.png<TAB>2048<TAB>binary
 *     huge.sql<TAB>99999999<TAB>-
 *     #<TAB>.ts<TAB>1 files<TAB>120 bytes<TAB>7 lines
 *     # 3 files, 1 directories, 100002167 bytes, 7 lines; all shown
 *
 * `-` is a text that was not counted. A path with control characters, or one that begins with `#`
 * or a quote, is written as a JSON string. Lines that begin with `#` are about everything that was
 * found, whether it is shown or not: first one per file name ending, largest number of files first,
 * then the closing line, which ends in `; all shown` or says what was cut.
 */
export function listFilesTool(options: {
  readonly clock: Clock
  readonly ripgrepPath: string
}): Tool<typeof Input> {
  return {
    name: 'list_files',
    description:
      'Lists files of the workspace with size in bytes and number of lines, tab separated, and ' +
      'closes with totals. Skips what .gitignore names, .git and node_modules. One directory ' +
      'level, or everything below with recursive.',
    input: Input,
    readOnly: true,
    summarize: (input) =>
      `List ${input.path ?? 'the workspace'}${input.glob ? ` (${input.glob})` : ''}`,
    run: (input, context) => listFiles(input, context, options),
  }
}

async function listFiles(
  input: z.output<typeof Input>,
  context: ToolContext,
  options: { readonly clock: Clock; readonly ripgrepPath: string },
): Promise<ToolOutcome> {
  const place = await resolveInWorkspace(context.workspace, input.path ?? '.')
  await assertDirectory(place.real, place.relative)
  const found = await runRipgrep(
    options.ripgrepPath,
    ['--files', '--null', ...(await scopeArgs(context, input.glob)), placeArg(place.relative)],
    context,
  )
  const names = found.stdout.split('\0').filter((name) => name !== '')
  // A list that was cut ends in the middle of a name.
  if (found.cut && !found.stdout.endsWith('\0')) names.pop()
  // Sorted before they are counted, so that the first ones are when there is no time for all.
  const files = names.map(printedPath).sort()
  const prefix = place.relative === '' ? '' : `${place.relative}/`
  const recursive = input.recursive ?? false
  const shown = recursive ? files : files.filter((file) => !file.slice(prefix.length).includes('/'))
  const facts = await factsOfFiles(
    shown.map((file) => path.join(context.workspace, file)),
    { clock: options.clock, maxMs: MAX_COUNT_MS, signal: context.signal },
  )
  const entries: Entry[] = shown.flatMap((file, index) => {
    const fact = facts[index]
    return fact ? [{ path: file, facts: fact }] : []
  })
  if (!recursive) {
    const dirs = await directoriesOf(files, prefix, place.real, input.glob !== undefined)
    entries.push(...dirs.map((dir) => ({ path: dir, facts: 'dir' as const })))
  }
  entries.sort(input.sort === 'size' ? bySize : byPath)
  return succeeded(render(entries, input.maxEntries ?? DEFAULT_ENTRIES, found.cut))
}

async function assertDirectory(real: string, relative: string): Promise<void> {
  const shown = relative === '' ? '.' : relative
  const info = await stat(real).catch((error: unknown) => {
    throw fileError(error, shown)
  })
  if (!info.isDirectory()) {
    throw new AppError('invalid_params', `"${shown}" is a file; read_file shows what is in it`)
  }
}

/** Directories that hold a listed file somewhere below; empty ones too, unless a glob asks for files. */
async function directoriesOf(
  files: readonly string[],
  prefix: string,
  real: string,
  filtered: boolean,
): Promise<readonly string[]> {
  const names = new Set<string>()
  for (const file of files) {
    const slash = file.indexOf('/', prefix.length)
    if (slash !== -1) names.add(file.slice(0, slash))
  }
  if (filtered) return [...names]
  for (const entry of await readdir(real, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === '.git' || entry.name === 'node_modules') continue
    const name = prefix + entry.name
    if (!names.has(name) && (await isEmpty(path.join(real, entry.name)))) names.add(name)
  }
  return [...names]
}

async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0
  } catch {
    // Not to be read: then there is nothing to show of it.
    return false
  }
}

function byPath(a: Entry, b: Entry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

function bySize(a: Entry, b: Entry): number {
  return bytesOf(b) - bytesOf(a) || byPath(a, b)
}

function bytesOf(entry: Entry): number {
  return entry.facts === 'dir' ? 0 : entry.facts.bytes
}

function render(entries: readonly Entry[], maxEntries: number, incomplete: boolean): string {
  const lines = ['path\tbytes\tlines']
  let size = 0
  for (const entry of entries.slice(0, maxEntries)) {
    const line = `${printable(entry.path)}\t${bytesOf(entry)}\t${lineField(entry)}`
    size += Buffer.byteLength(line) + 1
    if (size > MAX_LIST_BYTES) break
    lines.push(line)
  }
  const shown = lines.length - 1
  const files = entries.filter((entry) => entry.facts !== 'dir')
  lines.push(...endings(files))
  const total = totalsOf(files)
  const parts = [
    `${files.length} files`,
    `${entries.length - files.length} directories`,
    `${total.bytes} bytes`,
    `${total.lines} lines`,
  ]
  const notes = [
    shown === entries.length
      ? 'all shown'
      : `cut: ${shown} of ${entries.length} entries shown, narrow it down with path or glob`,
    ...(total.uncounted > 0 ? [`lines of ${total.uncounted} files not counted`] : []),
    ...(incomplete ? ['the search was ended early, there are more files'] : []),
  ]
  lines.push(`# ${parts.join(', ')}; ${notes.join('; ')}`)
  return lines.join('\n')
}

function lineField(entry: Entry): string {
  if (entry.facts === 'dir') return 'dir'
  if (entry.facts.binary) return 'binary'
  return entry.facts.lines === null ? '-' : String(entry.facts.lines)
}

function endings(files: readonly Entry[]): readonly string[] {
  const groups = Map.groupBy(files, (entry) => path.posix.extname(entry.path) || '(none)')
  return [...groups]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, MAX_ENDINGS)
    .map(([ending, group]) => {
      const { bytes, lines } = totalsOf(group)
      return `#\t${printable(ending)}\t${group.length} files\t${bytes} bytes\t${lines} lines`
    })
}

function totalsOf(files: readonly Entry[]): {
  readonly bytes: number
  readonly lines: number
  readonly uncounted: number
} {
  let bytes = 0
  let lines = 0
  let uncounted = 0
  for (const { facts } of files) {
    if (facts === 'dir') continue
    bytes += facts.bytes
    lines += facts.lines ?? 0
    if (facts.lines === null && !facts.binary) uncounted++
  }
  return { bytes, lines, uncounted }
}

function printable(name: string): string {
  return /[\u0000-\u001f\u007f]|^[#"]/.test(name) ? JSON.stringify(name) : name
}
