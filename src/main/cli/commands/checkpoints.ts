import type { Checkpoint } from '../../../shared/rpc/checkpoint.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatAgo } from '../format/duration.js'
import { tableLines } from '../format/table.js'
import { asCheckpointId, asTaskId } from '../id-arguments.js'
import { startedLine } from './execute.js'

export async function listCheckpoints(
  context: CommandContext,
  task: string | undefined,
): Promise<number> {
  const { host, terminal, json, environment } = context
  const params = task === undefined ? {} : { taskId: asTaskId(task) }
  const { checkpoints } = await host.call('checkpoint.list', params)
  if (json) terminal.json({ checkpoints })
  else if (checkpoints.length === 0) {
    terminal.line('There are no checkpoints. Save one: smart-agents checkpoint create TASK-ID')
  } else {
    const now = environment.now()
    const rows = checkpoints.map(({ id, taskId, name, parts, workspaces, createdAt }) => [
      id,
      terminal.foreignLine(name),
      taskId,
      `${parts.completed} of ${parts.completed + parts.open}`,
      String(workspaces),
      formatAgo(createdAt, now),
    ])
    const columns = [
      { title: 'Checkpoint' },
      { title: 'Name', gives: true },
      { title: 'Team' },
      { title: 'Parts done', isNumber: true },
      { title: 'Workspaces', isNumber: true },
      { title: 'Saved' },
    ]
    for (const line of tableLines(columns, rows, terminal)) terminal.line(line)
  }
  return EXIT.ok
}

export async function createCheckpoint(
  { host, terminal, json }: CommandContext,
  text: string,
  name: string | undefined,
): Promise<number> {
  const taskId = asTaskId(text)
  const answer = await host.call('checkpoint.create', {
    taskId,
    ...(name === undefined ? {} : { name }),
  })
  if (json) terminal.json(answer)
  else terminal.line(savedLine(answer.checkpoint))
  return EXIT.ok
}

function savedLine({ id, parts, workspaces }: Checkpoint): string {
  const all = parts.completed + parts.open
  return `Checkpoint saved: ${id} (${parts.completed} of ${all} parts done, ${workspaces} workspaces)`
}

export async function changeCheckpoint(
  { host, terminal, json }: CommandContext,
  change: 'restore' | 'delete',
  text: string,
): Promise<number> {
  const checkpointId = asCheckpointId(text)
  const answer = await host.call(`checkpoint.${change}`, { checkpointId })
  if (json) terminal.json(answer)
  else if ('taskId' in answer) terminal.line(startedLine(answer.taskId))
  else terminal.line(`Checkpoint deleted: ${checkpointId}`)
  return EXIT.ok
}
