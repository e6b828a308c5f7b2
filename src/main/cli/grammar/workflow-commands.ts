import type { Command } from 'commander'
import { collect, wholeNumber } from '../arguments.js'
import type { RunWorkflowOptions } from '../commands/workflow.js'
import type { Perform } from '../program.js'

const MOST_DAYS = 366

/** Plans that are kept as files, and what the work has cost. */
export function addWorkflowCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Teams:')
  const workflow = program
    .command('workflow')
    .description('plans for a team of agents that are kept as files')
  workflow
    .command('list', { isDefault: true })
    .description('the workflows of a workspace, and what is wrong with files')
    .option('--workspace <dir>', 'folder to look in (default: the current one)')
    .action(async (flags: { workspace?: string }, command) =>
      perform(command, async (context) => {
        const { listWorkflows } = await import('../commands/workflow.js')
        return listWorkflows(context, flags.workspace)
      }),
    )
  workflow
    .command('show')
    .description('a workflow with its inputs and parts')
    .argument('<name>', 'name of the workflow')
    .option('--workspace <dir>', 'folder to look in (default: the current one)')
    .action(async (name: string, flags: { workspace?: string }, command) =>
      perform(command, async (context) => {
        const { showWorkflow } = await import('../commands/workflow.js')
        return showWorkflow(context, name, flags.workspace)
      }),
    )
  workflow
    .command('run')
    .description('start a workflow and wait for its result')
    .argument('<name>', 'name of the workflow')
    .option('--input <name=value>', 'an input; name=@FILE reads a file; repeatable', collect)
    .option('--async', 'answer with the task id at once')
    .option('--workspace <dir>', 'folder to work in (default: the current one)')
    .option('--conversation <id>', 'show it in this conversation')
    .action(async (name: string, flags: RunWorkflowOptions, command) =>
      perform(command, async (context) => {
        const { runWorkflow } = await import('../commands/workflow.js')
        return runWorkflow(context, name, flags)
      }),
    )
  program
    .command('costs')
    .description('tokens and money that tasks have used, by day and agent')
    .option('--days <n>', 'of the last days, today included', wholeNumber(1, MOST_DAYS))
    .option('--task <id>', 'of one task and everything below it')
    .action(async (flags: { days?: number; task?: string }, command) =>
      perform(command, async (context) => {
        const { costs } = await import('../commands/costs.js')
        return costs(context, flags)
      }),
    )
}
