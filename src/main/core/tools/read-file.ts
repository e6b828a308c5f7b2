import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../../shared/rpc/errors.js'
import { fileError } from './file-error.js'
import { looksBinary } from './file-facts.js'
import { LineSlice } from './line-slice.js'
import { MAX_OUTCOME_BYTES, wholeCharacters } from './text-limits.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { succeeded } from './tool-outcome.js'
import { notAFile, openFile, resolveInWorkspace } from './workspace-path.js'

const MAX_LINES = 2_000
/** Under the limit of an outcome, so that the header and the hint are never cut away. */
const MAX_BYTES = MAX_OUTCOME_BYTES - 4 * 1024
/** Of a longer file the part that is asked for is read, and the number of lines stays unknown. */
const MAX_SCANNED_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 256 * 1024

const Input = z.strictObject({
  path: z.string().min(1),
  offset: z.int().min(1).optional().describe('First line to read, counted from 1; default 1'),
  limit: z.int().min(1).max(MAX_LINES).optional().describe('Lines to read; default and most 2000'),
})

/**
 * Output: a header `path (lines A-B of N, S bytes)`, an empty line, and the lines as they are but
 * for the carriage returns of a file with Windows line endings. A part of a file ends in a line
 * `[…]` that says how to go on.
 */
export const readFileTool: Tool<typeof Input> = {
  name: 'read_file',
  description:
    'Reads a text file of the workspace: up to 2000 lines and 60 KB in one call, from line offset ' +
    'on. The first line of the result is a header, not part of the file.',
  input: Input,
  readOnly: true,
  summarize: (input) => `Read ${input.path}${input.offset ? ` from line ${input.offset}` : ''}`,
  run: readFile,
}

async function readFile(input: z.output<typeof Input>, context: ToolContext): Promise<ToolOutcome> {
  const place = await resolveInWorkspace(context.workspace, input.path)
  if (place.relative === '') throw notAFile('', true)
  await using handle = await openFile(place, constants.O_RDONLY)
  try {
    const { size } = await handle.stat()
    const first = input.offset ?? 1
    const slice = new LineSlice(first, input.limit ?? MAX_LINES, MAX_BYTES)
    const seen = await readSlice(handle, slice, context.signal)
    if (seen === 'binary') {
      throw new AppError('invalid_params', `"${place.relative}" is a binary file of ${size} bytes`)
    }
    if (slice.lines === 0 && first > 1) {
      throw new AppError(
        'invalid_params',
        `field offset: "${place.relative}" has only ${slice.totalLines} lines`,
      )
    }
    const totalLines = seen === 'complete' ? slice.totalLines : null
    return succeeded(render(place.relative, first, size, slice, totalLines))
  } catch (error) {
    throw fileError(error, place.relative)
  }
}

/** The lines that were asked for, and whether the whole file was seen. */
async function readSlice(
  handle: FileHandle,
  slice: LineSlice,
  signal: AbortSignal,
): Promise<'complete' | 'partial' | 'binary'> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  for (let position = 0; position < MAX_SCANNED_BYTES || !slice.done; ) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position)
    const read = chunk.subarray(0, bytesRead)
    if (position === 0 && looksBinary(read)) return 'binary'
    slice.add(read)
    position += bytesRead
    if (bytesRead === 0) {
      slice.finish()
      return 'complete'
    }
  }
  return 'partial'
}

function render(
  relative: string,
  first: number,
  size: number,
  slice: LineSlice,
  totalLines: number | null,
): string {
  const text = wholeCharacters(slice.bytes).toString('utf8')
  const windows = text.includes('\r\n')
  const lastLine = first + slice.lines - 1
  const range =
    slice.lines === 0 ? 'empty' : `lines ${first}-${lastLine} of ${totalLines ?? 'many'}`
  const header = `${relative} (${range}, ${size} bytes${windows ? ', CRLF line endings' : ''})`
  const body = windows ? text.replaceAll('\r\n', '\n') : text
  const hint = hintAfter(lastLine, slice.firstLineCut, totalLines)
  const separator = hint === '' || body.endsWith('\n') ? '' : '\n'
  return `${header}\n\n${body}${separator}${hint}`
}

function hintAfter(lastLine: number, lineCut: boolean, totalLines: number | null): string {
  const next = lastLine + 1
  if (lineCut) {
    return (
      `[… line ${lastLine} is cut here, it is too long to be shown; search_files finds text in it` +
      `${totalLines === lastLine ? '' : `, offset ${next} goes on after it`}]`
    )
  }
  return totalLines !== null && lastLine >= totalLines ? '' : `[… go on with offset ${next}]`
}
