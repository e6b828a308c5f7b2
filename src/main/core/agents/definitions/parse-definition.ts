import type { z } from 'zod'
import type { DefinitionSource } from '../../../../shared/rpc/agent-definitions.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { CronRule } from '../../schedules/cron.js'
import { AgentDefinition, DefinitionLimits } from './agent-definition.js'
import { decodeUtf8, LARGEST_DEFINITION } from './definition-folder.js'
import { type FrontMatter, readFrontMatter } from './front-matter.js'
import { grantedTools } from './granted-tools.js'
import type { Remark } from './yaml-text.js'

export interface DefinitionFile {
  /** Absolute. */
  readonly path: string
  readonly source: DefinitionSource
  readonly content: Uint8Array
}

export type ParsedDefinition =
  | { readonly definition: AgentDefinition; readonly warnings: readonly Remark[] }
  | { readonly errors: readonly Remark[] }

const FIELDS = [
  ...['name', 'description', 'tools', 'disallowedTools', 'model', 'limits', 'maxTurns'],
  ...['subscriptions', 'wake'],
]
/** Fields of Claude Code that mean nothing here. */
const IGNORED = [
  ...['color', 'permissionMode', 'skills', 'hooks', 'mcpServers', 'memory', 'background'],
  ...['isolation', 'effort', 'initialPrompt'],
]
/** Models as Claude Code calls them, which another provider does not know. */
const TIER = /^(?:sonnet|opus|haiku)(?:\[1m\])?$/i

/**
 * Reads a definition, also one that was written for Claude Code.
 * @param known names of the tools that can be granted
 */
export function parseDefinition(file: DefinitionFile, known: readonly string[]): ParsedDefinition {
  const { path, source, content } = file
  if (content.length > LARGEST_DEFINITION) return problem('the file is larger than 256 KB')
  const text = decodeUtf8(content)
  if (text === null) return problem('the file is not UTF-8')
  const matter = readFrontMatter(text)
  if ('errors' in matter) return matter
  const { fields, body, lineOf } = matter
  const granted = grantedTools(matter, known)
  const model = modelOf(matter)
  const parsed = AgentDefinition.safeParse({
    ...withoutNulls(fields),
    prompt: body,
    tools: granted.tools,
    model: model.name,
    limits: limitsOf(fields),
    source,
    path,
  })
  const errors = [
    ...granted.errors,
    ...(parsed.success ? wakeErrors(parsed.data, lineOf) : schemaErrors(parsed.error, matter)),
  ]
  if (errors.length > 0 || !parsed.success) return { errors: errors.toSorted(byLine) }
  const warnings = [
    ...matter.warnings,
    ...granted.warnings,
    ...model.warnings,
    ...unknownFields(matter),
    ...(body === '' ? [{ line: 1, message: 'there is no prompt below the front matter' }] : []),
  ]
  return { definition: parsed.data, warnings: warnings.toSorted(byLine) }
}

function modelOf({ fields: { model }, lineOf }: FrontMatter): {
  readonly name: unknown
  readonly warnings: readonly Remark[]
} {
  if (model === undefined || model === null || model === 'inherit') {
    return { name: null, warnings: [] }
  }
  if (typeof model !== 'string' || !TIER.test(model)) return { name: model, warnings: [] }
  const message = `model: "${model}" names a model in Claude Code only; the one of the settings is used`
  return { name: null, warnings: [{ line: lineOf(['model']), message }] }
}

/** Claude Code has `maxTurns` at the top. */
function limitsOf({ limits, maxTurns }: FrontMatter['fields']): unknown {
  if (maxTurns === undefined || maxTurns === null)
    return isFields(limits) ? withoutNulls(limits) : (limits ?? {})
  if (limits === undefined || limits === null) return { maxTurns }
  return isFields(limits) ? { maxTurns, ...withoutNulls(limits) } : limits
}

function unknownFields({ fields, lineOf }: FrontMatter): Remark[] {
  const known = [...FIELDS, ...IGNORED]
  const top = Object.keys(fields).filter((key) => !known.includes(key))
  const limits = isFields(fields.limits) ? Object.keys(fields.limits) : []
  const limitNames = Object.keys(DefinitionLimits.shape)
  return [
    ...top.map((key) => ({
      line: lineOf([key]),
      message: `${key}: is not known and is ignored; the fields are ${FIELDS.join(', ')}`,
    })),
    ...limits
      .filter((key) => !limitNames.includes(key))
      .map((key) => ({
        line: lineOf(['limits', key]),
        message: `limits.${key}: is not known and is ignored; the limits are ${limitNames.join(', ')}`,
      })),
  ]
}

function schemaErrors(error: z.ZodError, { fields, lineOf }: FrontMatter): Remark[] {
  return error.issues.map(({ path, message }) => {
    const [field] = path
    const isMissing = path.length === 1 && (fields[String(field)] ?? null) === null
    const name = path.map(String).join('.')
    const isTopTurns = name === 'limits.maxTurns' && fields.maxTurns !== undefined
    const line = lineOf(isTopTurns ? ['maxTurns'] : path)
    return { line, message: isMissing ? `${name} is missing` : `${name}: ${message}` }
  })
}

function wakeErrors({ wake = [] }: AgentDefinition, lineOf: FrontMatter['lineOf']): Remark[] {
  return wake.flatMap(({ cron, timezone }, index) => {
    try {
      new CronRule(cron, timezone ?? 'UTC')
      return []
    } catch (error) {
      return [{ line: lineOf(['wake', index]), message: `wake: ${messageOf(error)}` }]
    }
  })
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key without a value is as good as absent. */
function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

function problem(message: string): ParsedDefinition {
  return { errors: [{ line: 1, message }] }
}

function byLine(a: Remark, b: Remark): number {
  return a.line - b.line
}
