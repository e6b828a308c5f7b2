import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { settingsDocument, singleSettings } from '../../../shared/model/settings-document.js'
import type { ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { CliError, usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { given } from '../given.js'
import { textOrFile, textOrInput } from '../long-text.js'
import { didYouMean } from '../near-words.js'

const LONGEST_DOCUMENT = 1_000_000
const LONGEST_KEY = 1000

/** All settings, a group of them, or one. */
export async function getSettings(
  { host, terminal, json }: CommandContext,
  key: string | undefined,
): Promise<number> {
  const { settings } = await host.call('settings.export', {})
  const value = key === undefined ? settings : valueAt(settings, key)
  if (value === undefined) {
    const names = singleSettings(settings).map(([name]) => name)
    throw new CliError('not_found', `there is no setting "${key}"${didYouMean(key ?? '', names)}`)
  }
  if (json) terminal.json(value)
  else if (typeof value !== 'object' || value === null) terminal.line(written(terminal, value))
  else {
    const all = singleSettings(settings)
    const within = all.filter(([name]) => key === undefined || name.startsWith(`${key}.`))
    if (within.length === 0) terminal.line(written(terminal, value))
    for (const [name, single] of within) terminal.line(`${name}=${written(terminal, single)}`)
  }
  return EXIT.ok
}

/** Sets all that is named, or nothing. */
export async function setSettings(
  context: CommandContext,
  assignments: readonly string[],
): Promise<number> {
  const settings = {}
  for (const assignment of assignments) {
    const at = assignment.indexOf('=')
    if (at <= 0) throw usageError(`"${assignment}" must be KEY=VALUE`)
    put(settings, assignment.slice(0, at).split('.'), readValue(assignment.slice(at + 1)))
  }
  try {
    return await takeOver(context, { document: settingsDocument(settings), dryRun: false })
  } catch (error) {
    throw refusal(error, (complaints) => complaints.replaceAll(OF_SETTING, ofSetting))
  }
}

export async function exportSettings(
  { host, terminal, environment }: CommandContext,
  file: string | undefined,
): Promise<number> {
  const document = await host.call('settings.export', {})
  if (file === undefined || file === '-') {
    terminal.write(`${JSON.stringify(document, null, 2)}\n`)
    return EXIT.ok
  }
  const target = path.resolve(environment.cwd, file)
  try {
    await writeFile(target, `${JSON.stringify(document, null, 2)}\n`)
  } catch (error) {
    throw new CliError('internal', `${target} cannot be written: ${messageOf(error)}`)
  }
  terminal.note(`Settings exported to ${target}. They hold no secrets.`)
  return EXIT.ok
}

export async function importSettings(
  context: CommandContext,
  file: string,
  dryRun: boolean,
): Promise<number> {
  const text =
    file === '-'
      ? await textOrInput(context, file, LONGEST_DOCUMENT)
      : await textOrFile(context, `@${file}`, LONGEST_DOCUMENT)
  try {
    // The host says what does not fit, for this program and others alike.
    const document = JSON.parse(text) as ParamsOf<'settings.import'>['document']
    return await takeOver(context, { document, dryRun })
  } catch (error) {
    if (error instanceof SyntaxError) throw usageError(`${file} is not JSON: ${error.message}`)
    throw refusal(error, (complaints) => `${file}: ${complaints.replaceAll(OF_DOCUMENT, '$1')}`)
  }
}

/** Where each of the host's complaints begins. */
const OF_DOCUMENT = /(^|; )document(?:\.|: )/g
const OF_SETTING = /(^|; )document\.settings(?:\.([^:]+))?: (unknown field)?/g

/** Who names settings knows nothing of the document in which they are sent. */
function ofSetting(_: string, start: string, key?: string, unknown?: string): string {
  const name = key === undefined ? '' : `${key}: `
  return `${start}${name}${unknown === undefined ? '' : 'unknown setting'}`
}

/** What the host did not take, in the words of the one who gave it. */
function refusal(error: unknown, say: (complaints: string) => string): unknown {
  if (!(error instanceof AppError) || error.code !== 'invalid_params') return error
  return usageError(say(error.message.replace(/^settings\.import: /, '')))
}

async function takeOver(
  { host, terminal, json }: CommandContext,
  params: ParamsOf<'settings.import'>,
): Promise<number> {
  const answer = await host.call('settings.import', params)
  if (json) terminal.json(answer)
  else {
    for (const line of changeLines(answer, terminal)) terminal.line(line)
  }
  return EXIT.ok
}

function changeLines(
  { changes, skipped }: ResultOf<'settings.import'>,
  terminal: CommandContext['terminal'],
): string[] {
  if (changes.length === 0 && skipped.length === 0) return ['Nothing changes.']
  return [
    ...changes.map(({ key, from, to }) => {
      return `${key}=${written(terminal, to)} (was ${written(terminal, from)})`
    }),
    ...skipped.map(({ key, message }) => {
      return `${key} is left as it is: ${terminal.foreignLine(message)}`
    }),
  ]
}

export interface TestModelFlags {
  readonly provider?: string
  readonly model?: string
  readonly baseUrl?: string
  readonly keyStdin?: boolean
}

/** Ends with 1 where the model cannot be used. */
export async function testModel(
  context: CommandContext,
  { keyStdin, provider, ...flags }: TestModelFlags,
): Promise<number> {
  const { host, terminal, json } = context
  const apiKey =
    keyStdin === true ? (await textOrInput(context, '-', LONGEST_KEY)).trim() : undefined
  const tried = given({ ...flags, provider: provider as 'offline' | 'anthropic', apiKey })
  const answer = await host.call('settings.testModel', tried)
  if (json) terminal.json(answer)
  else if (answer.ok) {
    const seconds = (answer.durationMs / 1000).toFixed(1)
    terminal.line(`${terminal.foreignLine(answer.model)} answered in ${seconds} s.`)
  } else {
    const { code, message } = answer.problem
    terminal.note(`smart-agents: ${code}: ${terminal.foreignLine(message)}`)
  }
  return answer.ok ? EXIT.ok : EXIT.failed
}

/** A text as it is, anything else as JSON. */
function written(terminal: CommandContext['terminal'], value: unknown): string {
  return terminal.foreignLine(typeof value === 'string' ? value : JSON.stringify(value))
}

/** What is JSON means what JSON says, an empty text nothing, and everything else itself. */
function readValue(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // A text needs no quotation marks.
    return text
  }
}

function valueAt(settings: object, key: string): unknown {
  let value: unknown = settings
  for (const name of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}

function put(target: object, [name = '', ...deeper]: readonly string[], value: unknown): void {
  const isLast = deeper.length === 0
  const before: unknown = Object.hasOwn(target, name) ? Reflect.get(target, name) : undefined
  const inner = typeof before === 'object' && before !== null ? before : {}
  // Defined and not assigned: `__proto__` is a name like others.
  Object.defineProperty(target, name, {
    value: isLast ? value : inner,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  if (!isLast) put(inner, deeper, value)
}
