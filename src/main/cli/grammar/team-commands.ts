import type { Command } from 'commander'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

/** Plans of leads, and saved states of teams. */
export function addTeamCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Teams:')
  addPlans(program, perform)
  addCheckpoints(program, perform)
}

function addPlans(program: Command, perform: Perform): void {
  const plan = program
    .command('plan')
    .description('what a lead means to have done (see execute --type orchestration)')
  plan
    .command('show')
    .description('its parts, who does them and how far they are')
    .argument('<task-id>', 'id of the lead’s task')
    .action(async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { showPlan } = await import('../commands/plans.js')
        return showPlan(context, taskId)
      }),
    )
  plan
    .command('approve')
    .description('run the plan that waits for approval')
    .argument('<task-id>', 'id of the lead’s task')
    .action(async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { decidePlan } = await import('../commands/plans.js')
        return decidePlan(context, taskId, { approves: true })
      }),
    )
  plan
    .command('reject')
    .description('do not run it; the lead may plan again')
    .argument('<task-id>', 'id of the lead’s task')
    .option('--reason <text>', 'what the lead is told')
    .action(async (taskId: string, flags: { readonly reason?: string }, command) =>
      perform(command, async (context) => {
        const { decidePlan } = await import('../commands/plans.js')
        return decidePlan(context, taskId, { approves: false, ...flags })
      }),
    )
  plan
    .command('edit')
    .description('replace the parts of the plan that waits for approval')
    .argument('<task-id>', 'id of the lead’s task')
    .argument('<file>', 'JSON, as "plan show --json" gives the parts; - reads standard input')
    .action(async (taskId: string, file: string, _flags, command) =>
      perform(command, async (context) => {
        const { editPlan } = await import('../commands/plans.js')
        return editPlan(context, taskId, file)
      }),
    )
}

function addCheckpoints(program: Command, perform: Perform): void {
  const checkpoints = program
    .command('checkpoint')
    .alias('checkpoints')
    .description('saved states of a team: its plan, workspaces and contexts')
  checkpoints
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--task <id>', 'of this lead only')
    .allowExcessArguments()
    .action(async (flags: { readonly task?: string }, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { listCheckpoints } = await import('../commands/checkpoints.js')
        return listCheckpoints(context, flags.task)
      })
    })
  checkpoints
    .command('create')
    .description('save the state of a team')
    .argument('<task-id>', 'id of the lead’s task')
    .option('--name <text>', 'what you call it')
    .action(async (taskId: string, flags: { readonly name?: string }, command) =>
      perform(command, async (context) => {
        const { createCheckpoint } = await import('../commands/checkpoints.js')
        return createCheckpoint(context, taskId, flags.name)
      }),
    )
  for (const [name, description] of [
    ['restore', 'start a new team from that state; the old one stays as it is'],
    ['delete', 'forget it'],
  ] as const) {
    checkpoints
      .command(name)
      .description(description)
      .argument('<checkpoint-id>', 'id of the checkpoint')
      .action(async (id: string, _flags, command) =>
        perform(command, async (context) => {
          const { changeCheckpoint } = await import('../commands/checkpoints.js')
          return changeCheckpoint(context, name, id)
        }),
      )
  }
}
