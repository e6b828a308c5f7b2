import { z } from 'zod'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { asInvalidToolInput } from '../models/invalid-tool-input.js'
import type { ToolDefinition } from '../models/model-client.js'
import type { Logger } from '../ports.js'
import { cutEnd, cutMiddle, MAX_OUTCOME_BYTES } from './text-limits.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { failed, failedWith } from './tool-outcome.js'

export interface ToolRegistry {
  /** As the model is told about them, in the order in which they were given. */
  readonly definitions: readonly ToolDefinition[]
  get(name: string): Tool | undefined
  /** One short line for people; the name alone where the input is not what the tool takes. */
  summarize(name: string, input: unknown): string
  /**
   * Runs a call as the model wrote it. Never rejects: what is wrong becomes an outcome that begins
   * with its code, and no outcome is longer than 64 KB.
   */
  execute(name: string, input: unknown, context: ToolContext): Promise<ToolOutcome>
}

const MAX_SUMMARY_CHARS = 200
const MAX_ISSUES = 5

/** @throws Error when two tools share a name: a defect of the program */
export function createToolRegistry(
  tools: readonly Tool[],
  options: { readonly logger: Logger },
): ToolRegistry {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  if (byName.size !== tools.length) throw new Error('two tools share a name')
  return {
    definitions: tools.map(toDefinition),
    get: (name) => byName.get(name),
    summarize: (name, input) => summarize(byName.get(name), name, input),
    execute: async (name, input, context) => {
      const tool = byName.get(name)
      if (tool === undefined) return unknownTool(name, [...byName.keys()])
      const outcome = await run(tool, input, context, options.logger)
      return { ...outcome, content: cutMiddle(outcome.content, MAX_OUTCOME_BYTES) }
    },
  }
}

/** The same tools, and more; what is added goes before what has the same name. */
export function extendTools(
  registry: ToolRegistry,
  added: readonly Tool[],
  options: { readonly logger: Logger },
): ToolRegistry {
  if (added.length === 0) return registry
  const own = createToolRegistry(added, options)
  const kept = registry.definitions.filter(({ name }) => own.get(name) === undefined)
  const registryOf = (name: string) => (own.get(name) === undefined ? registry : own)
  return {
    definitions: [...kept, ...own.definitions],
    get: (name) => registryOf(name).get(name),
    summarize: (name, input) => registryOf(name).summarize(name, input),
    execute: (name, input, context) => registryOf(name).execute(name, input, context),
  }
}

async function run(
  tool: Tool,
  input: unknown,
  context: ToolContext,
  logger: Logger,
): Promise<ToolOutcome> {
  const broken = asInvalidToolInput(input)
  if (broken !== null) {
    return failed(
      'invalid_params',
      `the arguments of ${tool.name} were not a JSON object (${broken.reason}); call it again ` +
        'with valid JSON',
    )
  }
  const parsed = tool.input.safeParse(input)
  if (!parsed.success) return failed('invalid_params', `${tool.name}: ${issuesOf(parsed.error)}`)
  try {
    context.signal.throwIfAborted()
    return await tool.run(parsed.data, context)
  } catch (error) {
    if (context.signal.aborted) return failed('cancelled', `${tool.name} was stopped`)
    if (error instanceof AppError && error.code !== 'internal') return failedWith(error)
    logger.error({ err: error, tool: tool.name, callId: context.callId }, 'a tool threw')
    return failed('internal', `${tool.name} failed: ${messageOf(error)}`)
  }
}

/** Some milliseconds each, and the same for every agent. */
const schemas = new WeakMap<z.ZodType, ToolDefinition['inputSchema']>()

function toDefinition({ name, description, input }: Tool): ToolDefinition {
  let inputSchema = schemas.get(input)
  if (inputSchema === undefined) {
    const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' })
    inputSchema = schema
    schemas.set(input, inputSchema)
  }
  return { name, description, inputSchema }
}

function summarize(tool: Tool | undefined, name: string, input: unknown): string {
  const parsed = tool?.input.safeParse(input)
  const text = tool !== undefined && parsed?.success ? tool.summarize(parsed.data) : name
  return cutEnd(text.replaceAll(/\s+/g, ' ').trim(), MAX_SUMMARY_CHARS)
}

function unknownTool(name: string, known: readonly string[]): ToolOutcome {
  return failed(
    'not_found',
    `there is no tool "${cutEnd(name, 100)}"; the tools are ${known.join(', ')}`,
  )
}

/** `steps[0].title: must not be empty; limit: …`, so that the model can correct each field. */
function issuesOf(error: z.ZodError): string {
  const lines = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const field = z.core.toDotPath(issue.path)
    return field === '' ? issue.message : `field ${field}: ${issue.message}`
  })
  const more = error.issues.length - lines.length
  return lines.join('; ') + (more > 0 ? `; and ${more} more` : '')
}
