import type { Worktree } from '../../../shared/model/worktree.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { CliError, usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { changedFileLines, diffLines, workplaceLines, worktreeLine } from '../format/changes.js'
import { asTaskId } from '../id-arguments.js'

/** What a task changed, by file or by line. */
export async function changes(
  { host, terminal, json }: CommandContext,
  id: string,
  diff: boolean | string | undefined,
): Promise<number> {
  const taskId = asTaskId(id)
  const { worktree, files } = await host.call('change.get', { taskId })
  if (diff === undefined || diff === false) {
    if (json) {
      terminal.json({ worktree, files })
      return EXIT.ok
    }
    for (const line of workplaceLines(worktree, terminal)) terminal.line(line)
    for (const line of changedFileLines(files, terminal)) terminal.line(line)
    return EXIT.ok
  }
  const path = typeof diff === 'string' ? { path: diff } : {}
  const { files: diffs } = await host.call('change.diff', { taskId, ...path })
  if (json) terminal.json({ files: diffs })
  else for (const line of diffLines(diffs, terminal)) terminal.line(line)
  return EXIT.ok
}

/** Merges the changes into what is checked out in the repository. */
export async function applyChanges(context: CommandContext, id: string): Promise<number> {
  const taskId = asTaskId(id)
  const { worktree } = await told(context, context.host.call('change.apply', { taskId }))
  return done(context, { worktree }, `Changes applied: ${taskId}`)
}

export async function leaveOnBranch(
  context: CommandContext,
  id: string,
  name: string | undefined,
): Promise<number> {
  const params = { taskId: asTaskId(id), ...(name === undefined ? {} : { name }) }
  const answer = await told(context, context.host.call('change.branch', params))
  return done(
    context,
    answer,
    `Changes are on branch ${context.terminal.foreignLine(answer.branch)}`,
  )
}

export async function discardChanges(
  context: CommandContext,
  id: string,
  yes: boolean | undefined,
): Promise<number> {
  const taskId = asTaskId(id)
  if (yes !== true) {
    throw usageError(`this gives up what ${taskId} changed; say --yes if that is wanted`)
  }
  const { worktree } = await context.host.call('change.discard', { taskId })
  return done(context, { worktree }, `Changes discarded: ${taskId}`)
}

/** Gives conflicts to an agent. */
export async function resolveConflicts(context: CommandContext, id: string): Promise<number> {
  const { host, terminal, json } = context
  const { taskId } = await host.call('change.resolve', { taskId: asTaskId(id) })
  if (json) terminal.json({ taskId })
  else {
    terminal.line(`Task started: ${taskId}`)
    terminal.note(`When it is done: smart-agents apply ${taskId}`)
  }
  return EXIT.ok
}

/** What waits for a decision. */
export async function leftovers({ host, terminal, json, environment }: CommandContext) {
  const { worktrees } = await host.call('change.leftovers', {})
  if (json) {
    terminal.json({ worktrees })
    return EXIT.ok
  }
  if (worktrees.length === 0) {
    terminal.line('No changes wait for a decision.')
    return EXIT.ok
  }
  terminal.line(terminal.style('bold', `Changes that wait for a decision (${worktrees.length}):`))
  for (const worktree of worktrees) {
    terminal.line(worktreeLine(worktree, terminal, environment.now()))
  }
  terminal.note(
    'Look: smart-agents changes ID --diff. Decide: apply ID, branch ID, or discard ID --yes',
  )
  return EXIT.ok
}

function done(
  { terminal, json }: CommandContext,
  answer: { readonly worktree: Worktree; readonly branch?: string },
  line: string,
): number {
  if (json) {
    terminal.json(answer)
    return EXIT.ok
  }
  terminal.line(line)
  const { note } = answer.worktree
  if (note !== undefined) terminal.note(terminal.foreignLine(note))
  return EXIT.ok
}

/** Names every file that is in the way, one in a line, before the error is told. */
async function told<T>({ terminal, json }: CommandContext, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof AppError) || filesOf(error).length === 0) throw error
    const { code, message, data } = error
    if (!json) for (const file of filesOf(error)) terminal.note(`  ${terminal.foreignLine(file)}`)
    throw new CliError(code, message, undefined, data)
  }
}

function filesOf({ data }: AppError): string[] {
  const files = data['conflicts'] ?? data['files']
  return Array.isArray(files) ? files.map(String) : []
}
