import { resolve } from 'node:path'
import type { Workflow } from '../../../shared/model/workflow.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { workflowLines } from '../format/workflow.js'
import { given } from '../given.js'
import { asConversationId } from '../id-arguments.js'
import { textOrFile } from '../long-text.js'
import { KEEP_CHATTING, startedLine } from './execute.js'
import { printResult } from './result.js'
import { waitForResult } from './wait-for-result.js'

const MAX_INPUT = 20_000

export interface RunWorkflowOptions {
  readonly input?: readonly string[]
  readonly async?: boolean
  readonly workspace?: string
  readonly conversation?: string
}

export async function listWorkflows(
  context: CommandContext,
  folder: string | undefined,
): Promise<number> {
  const { host, terminal, json } = context
  const answer = await host.call('workflow.list', { workspace: workspaceOf(context, folder) })
  if (json) {
    terminal.json(answer)
    return EXIT.ok
  }
  if (answer.workflows.length === 0) terminal.line('There are no workflows.')
  for (const workflow of answer.workflows) {
    terminal.line(`${terminal.foreignLine(workflow.name)} (${placeOf(context, workflow)})`)
    terminal.line(`  ${terminal.foreignLine(workflow.description)}`)
  }
  for (const { path, line, message, severity } of answer.problems) {
    terminal.note(`${severity}: ${terminal.foreignLine(`${path}:${line}: ${message}`)}`)
  }
  return EXIT.ok
}

export async function showWorkflow(
  context: CommandContext,
  name: string,
  folder: string | undefined,
): Promise<number> {
  const { host, terminal, json } = context
  const workspace = workspaceOf(context, folder)
  const { workflow } = await host.call('workflow.get', { name, workspace })
  if (json) terminal.json({ workflow })
  else for (const line of workflowLines(workflow, terminal)) terminal.line(line)
  return EXIT.ok
}

/** Waits for the end as `execute` does, unless it is told not to. */
export async function runWorkflow(
  context: CommandContext,
  name: string,
  options: RunWorkflowOptions,
): Promise<number> {
  const { host, terminal, json } = context
  const { conversation } = options
  const { taskId } = await host.call('workflow.start', {
    name,
    inputs: await inputsOf(context, options.input ?? []),
    workspace: workspaceOf(context, options.workspace),
    ...given({
      conversationId: conversation === undefined ? undefined : asConversationId(conversation),
    }),
  })
  if (!options.async) {
    const found = await waitForResult(context, taskId)
    return printResult(context, found, { taskId, ...found })
  }
  if (json) terminal.json({ taskId })
  else terminal.line(`${startedLine(taskId)}\n${KEEP_CHATTING}`)
  return EXIT.ok
}

async function inputsOf(
  context: CommandContext,
  assignments: readonly string[],
): Promise<Record<string, string>> {
  const inputs = new Map<string, string>()
  for (const assignment of assignments) {
    const end = assignment.indexOf('=')
    if (end < 1) throw usageError(`--input "${assignment}" must be NAME=VALUE or NAME=@FILE`)
    const name = assignment.slice(0, end)
    if (inputs.has(name)) throw usageError(`--input: "${name}" is given more than once`)
    inputs.set(name, await textOrFile(context, assignment.slice(end + 1), MAX_INPUT))
  }
  return Object.fromEntries(inputs)
}

function workspaceOf({ environment }: CommandContext, folder: string | undefined): string {
  return resolve(environment.cwd, folder ?? '.')
}

function placeOf({ terminal }: CommandContext, { source, path }: Workflow): string {
  return source === 'builtin' ? 'built in' : terminal.foreignLine(path)
}
