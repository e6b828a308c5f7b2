import { constants } from 'node:fs'
import { z } from 'zod'
import { writeAtomically } from './atomic-write.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { succeeded } from './tool-outcome.js'
import { notAFile, openFile, resolveInWorkspace, type WorkspacePath } from './workspace-path.js'

/** Of a file that a tool writes or edits. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024

const Input = z.strictObject({
  path: z.string().min(1),
  content: z
    .string()
    .refine(
      (text) => Buffer.byteLength(text) <= MAX_FILE_BYTES,
      `must not be longer than ${MAX_FILE_BYTES} bytes; write a large file with run_command`,
    )
    .describe('The whole new text of the file'),
})

export const writeFileTool: Tool<typeof Input> = {
  name: 'write_file',
  description:
    'Creates a file of the workspace, or replaces all of it, up to 5 MB; missing directories are ' +
    'created. To change a part of a file use edit_file.',
  input: Input,
  readOnly: false,
  summarize: (input) => `Write ${input.path}`,
  run: writeFile,
}

async function writeFile(
  input: z.output<typeof Input>,
  context: ToolContext,
): Promise<ToolOutcome> {
  const place = await resolveInWorkspace(context.workspace, input.path)
  if (place.relative === '' || /[/\\]$/.test(input.path)) throw notAFile(place.relative, true)
  const before = place.exists ? await factsOf(place) : null
  await writeAtomically(place, input.content, before?.mode ?? null, context.callId)
  context.noteChange(place.relative)
  const bytes = Buffer.byteLength(input.content)
  return succeeded(
    before === null
      ? `Created ${place.relative} (${bytes} bytes).`
      : `Replaced ${place.relative} (${before.size} bytes before, ${bytes} bytes now).`,
  )
}

async function factsOf(
  place: WorkspacePath,
): Promise<{ readonly size: number; readonly mode: number }> {
  await using handle = await openFile(place, constants.O_RDONLY)
  const { size, mode } = await handle.stat()
  return { size, mode }
}
