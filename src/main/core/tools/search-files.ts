import { z } from 'zod'
import { AppError } from '../../../shared/rpc/errors.js'
import { ArgumentText } from './argument-text.js'
import { placeArg, printedPath, runRipgrep, scopeArgs } from './ripgrep.js'
import { cutEnd, MAX_OUTCOME_BYTES } from './text-limits.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { succeeded } from './tool-outcome.js'
import { resolveInWorkspace } from './workspace-path.js'

const DEFAULT_RESULTS = 200
const MAX_RESULTS = 1_000
const MAX_LINE_CHARS = 300
const MAX_LIST_BYTES = MAX_OUTCOME_BYTES - 2 * 1024

const Input = z.strictObject({
  pattern: ArgumentText.max(2_000).describe('A regular expression in the syntax of Rust'),
  path: z.string().optional().describe('File or directory to search; the workspace when absent'),
  glob: ArgumentText.optional().describe('Only files that match, such as *.ts or src/**/*.css'),
  ignoreCase: z.boolean().optional(),
  fixed: z.boolean().optional().describe('Take the pattern as plain text'),
  maxResults: z.int().min(1).max(MAX_RESULTS).optional().describe('Default 200'),
})

interface Match {
  readonly path: string
  readonly line: number
  readonly text: string
}

/**
 * Output: `path:line: text` for each matching line, by path and line, and one closing line
 * `# N matches in M files`, which says so where not all are shown.
 */
export function searchFilesTool(options: { readonly ripgrepPath: string }): Tool<typeof Input> {
  return {
    name: 'search_files',
    description:
      'Searches the text files of the workspace line by line with a regular expression and gives ' +
      'path:line: text for each match. Skips what .gitignore names, .git and node_modules.',
    input: Input,
    readOnly: true,
    summarize: (input) => `Search for ${input.pattern}${input.path ? ` in ${input.path}` : ''}`,
    run: (input, context) => searchFiles(input, context, options.ripgrepPath),
  }
}

async function searchFiles(
  input: z.output<typeof Input>,
  context: ToolContext,
  ripgrepPath: string,
): Promise<ToolOutcome> {
  const place = await resolveInWorkspace(context.workspace, input.path ?? '.')
  if (!place.exists) throw new AppError('not_found', `"${place.relative}" does not exist`)
  const output = await runRipgrep(
    ripgrepPath,
    [
      '--line-number',
      '--no-heading',
      '--with-filename',
      '--null',
      '--color=never',
      `--max-columns=${MAX_LINE_CHARS * 2}`,
      '--max-columns-preview',
      input.ignoreCase ? '--ignore-case' : '--case-sensitive',
      ...(input.fixed ? ['--fixed-strings'] : []),
      ...(await scopeArgs(context, input.glob)),
      `--regexp=${input.pattern}`,
      '--',
      placeArg(place.relative),
    ],
    context,
  )
  const matches = parse(output.stdout).sort(byPlace)
  return succeeded(render(input.pattern, matches, input.maxResults ?? DEFAULT_RESULTS, output.cut))
}

/** Lines are `path NUL line:text`; the notice about a binary file has no number and is left out. */
function parse(stdout: string): Match[] {
  return stdout.split('\n').flatMap((row) => {
    const nul = row.indexOf('\0')
    const numbered = nul === -1 ? null : /^(\d+):(.*)$/s.exec(row.slice(nul + 1))
    if (numbered === null) return []
    const [, line = '', text = ''] = numbered
    return [{ path: printedPath(row.slice(0, nul)), line: Number(line), text }]
  })
}

function byPlace(a: Match, b: Match): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.line - b.line
}

function render(
  pattern: string,
  matches: readonly Match[],
  maxResults: number,
  incomplete: boolean,
): string {
  const lines: string[] = []
  let size = 0
  for (const match of matches.slice(0, maxResults)) {
    const text = cutEnd(match.text.replace(/\r$/, ''), MAX_LINE_CHARS)
    const line = `${match.path}:${match.line}: ${text}`
    size += Buffer.byteLength(line) + 1
    if (size > MAX_LIST_BYTES) break
    lines.push(line)
  }
  const shown = lines.length
  const files = new Set(matches.map((match) => match.path)).size
  const notes = [
    matches.length === 0
      ? `no match for ${JSON.stringify(cutEnd(pattern, 200))}`
      : `${matches.length} matches in ${files} files`,
    ...(shown < matches.length
      ? [`cut: the first ${shown} shown, narrow it down with path or glob`]
      : []),
    ...(incomplete ? ['the search was ended early, there may be more'] : []),
  ]
  lines.push(`# ${notes.join('; ')}`)
  return lines.join('\n')
}
