import { z } from 'zod'
import type { Tool } from './tool.js'

const MAX_REPORT_CHARS = 200_000

const Input = z.strictObject({
  success: z.boolean().describe('Whether the task was done as it was asked for'),
  report: z
    .string()
    .min(1, 'must not be empty')
    .max(MAX_REPORT_CHARS, `must not be longer than ${MAX_REPORT_CHARS} characters`)
    .describe('What was done and found, in Markdown, for the person who asked'),
})

export const finishTool: Tool<typeof Input> = {
  name: 'finish',
  description:
    'Ends the work with a report. Call it when the task is done, or when it is sure that it cannot ' +
    'be done; then with success false and the reason.',
  input: Input,
  // Nothing happens outside the run, so repeating it after a crash is safe.
  readOnly: true,
  summarize: (input) => (input.success ? 'Finish' : 'Finish without success'),
  run: async ({ success, report }) => ({
    content: 'Finished.',
    isError: false,
    finish: { success, report },
  }),
}
