import { createReadStream } from 'node:fs'
import path from 'node:path'
import { messageOf } from '../../shared/rpc/errors.js'
import { usageError } from './cli-error.js'
import type { CommandContext } from './command-context.js'

/** `-` is what stands on standard input, anything else is the text itself. */
export async function textOrInput(
  { environment, terminal }: CommandContext,
  text: string,
  maxLength: number,
): Promise<string> {
  if (text !== '-') return text
  if (environment.stdin.isTTY === true) terminal.note('Type the text; Ctrl+D ends it.')
  const read = await readUpTo(environment.stdin, maxLength, 'standard input')
  return withoutLastLineEnd(read)
}

/** `@FILE` is what stands in the file, anything else is the text itself. */
export async function textOrFile(
  { environment }: CommandContext,
  text: string,
  maxLength: number,
): Promise<string> {
  if (!text.startsWith('@')) return text
  const name = text.slice(1)
  // The empty path would be the folder itself.
  if (name === '') throw usageError('"@" must be followed by the name of a file')
  const stream = createReadStream(path.resolve(environment.cwd, name))
  try {
    return withoutLastLineEnd(await readUpTo(stream, maxLength, name))
  } finally {
    stream.destroy()
  }
}

/** Never more than it may be long, whatever is on the other side of a pipe. */
async function readUpTo(
  stream: NodeJS.ReadableStream,
  maxLength: number,
  name: string,
): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  try {
    for await (const piece of stream) {
      text += piece
      // One more for the line end that is taken away.
      if (text.length > maxLength + 2) break
    }
  } catch (error) {
    throw usageError(`${name} cannot be read: ${messageOf(error)}`)
  }
  if (withoutLastLineEnd(text).length > maxLength) {
    throw usageError(`${name} must not hold more than ${maxLength} characters`)
  }
  return text
}

/** Programs end their last line; it is no part of what they say. */
function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
