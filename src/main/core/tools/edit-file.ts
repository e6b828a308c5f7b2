import { constants } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../../../shared/rpc/errors.js'
import { writeAtomically } from './atomic-write.js'
import { looksBinary } from './file-facts.js'
import { findNearestLine } from './nearest-line.js'
import { cutEnd } from './text-limits.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { succeeded } from './tool-outcome.js'
import { notAFile, openFile, resolveInWorkspace, type WorkspacePath } from './workspace-path.js'
import { MAX_FILE_BYTES } from './write-file.js'

const Input = z
  .strictObject({
    path: z.string().min(1),
    oldText: z
      .string()
      .min(1, 'must not be empty; use write_file to fill an empty file')
      .describe('The text to replace, exactly as in the file, long enough to occur once'),
    newText: z.string().describe('What takes its place; empty to remove it'),
    replaceAll: z.boolean().optional().describe('Replace every occurrence'),
  })
  .refine((input) => input.oldText !== input.newText, {
    path: ['newText'],
    message: 'must differ from oldText',
  })

export const editFileTool: Tool<typeof Input> = {
  name: 'edit_file',
  description:
    'Replaces one exact piece of text in a file of the workspace. The piece must occur exactly ' +
    'once, unless replaceAll is set. Line endings of the file are kept.',
  input: Input,
  readOnly: false,
  summarize: (input) => `Edit ${input.path}`,
  run: editFile,
}

async function editFile(input: z.output<typeof Input>, context: ToolContext): Promise<ToolOutcome> {
  const place = await resolveInWorkspace(context.workspace, input.path)
  if (place.relative === '') throw notAFile('', true)
  const file = await readText(place)
  // read_file shows line feeds only, so in a file with Windows endings both texts are turned back.
  const windows = file.text.includes('\r\n')
  const oldText = windows ? toWindows(input.oldText) : input.oldText
  const newText = windows ? toWindows(input.newText) : input.newText
  const pieces = file.text.split(oldText)
  const matches = pieces.length - 1
  if (matches === 0) throw notFound(place.relative, file.text, input.oldText)
  if (matches > 1 && !input.replaceAll) throw ambiguous(place.relative, pieces, oldText)
  const edited = pieces.join(newText)
  if (Buffer.byteLength(edited) > MAX_FILE_BYTES) {
    throw new AppError(
      'limit_exceeded',
      `"${place.relative}" would be longer than ${MAX_FILE_BYTES} bytes after this edit`,
    )
  }
  await writeAtomically(place, edited, file.mode, context.callId)
  context.noteChange(place.relative)
  const lines = lineNumbers(pieces, newText)
  const where = `line${lines.length === 1 ? '' : 's'} ${lines.slice(0, 20).join(', ')}`
  return succeeded(
    `Edited ${place.relative}: ${matches} replacement${matches === 1 ? '' : 's'} at ${where}.`,
  )
}

async function readText(
  place: WorkspacePath,
): Promise<{ readonly text: string; readonly mode: number }> {
  await using handle = await openFile(place, constants.O_RDONLY)
  const { size, mode } = await handle.stat()
  if (size > MAX_FILE_BYTES) {
    throw new AppError(
      'limit_exceeded',
      `"${place.relative}" has ${size} bytes; edit_file takes files of up to ${MAX_FILE_BYTES}`,
    )
  }
  const bytes = await handle.readFile()
  if (looksBinary(bytes)) {
    throw new AppError('invalid_params', `"${place.relative}" is a binary file`)
  }
  try {
    // A byte order mark is part of the text here, so that it is written back.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), mode }
  } catch (error) {
    throw new AppError(
      'invalid_params',
      `"${place.relative}" is not valid UTF-8; writing it back would damage it`,
      { cause: error },
    )
  }
}

function toWindows(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n')
}

function notFound(relative: string, text: string, oldText: string): AppError {
  const nearest = findNearestLine(text, oldText)
  const hint =
    nearest === null
      ? 'read the file again'
      : `the nearest line is ${nearest.line}: ${JSON.stringify(cutEnd(nearest.text, 200))}`
  return new AppError('not_found', `field oldText: 0 matches in "${relative}"; ${hint}`)
}

function ambiguous(relative: string, pieces: readonly string[], oldText: string): AppError {
  const lines = lineNumbers(pieces, oldText).slice(0, 10)
  return new AppError(
    'conflict',
    `field oldText: ${pieces.length - 1} matches in "${relative}", at lines ${lines.join(', ')}; ` +
      'give more of the text around the one that is meant, or set replaceAll',
  )
}

/** The line on which each joint between the pieces begins, when `joint` stands there. */
function lineNumbers(pieces: readonly string[], joint: string): readonly number[] {
  const jointLines = countNewlines(joint)
  const numbers: number[] = []
  let line = 1
  for (const piece of pieces.slice(0, -1)) {
    line += countNewlines(piece)
    numbers.push(line)
    line += jointLines
  }
  return numbers
}

function countNewlines(text: string): number {
  return text.split('\n').length - 1
}
