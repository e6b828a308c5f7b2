import type { Command } from 'commander'
import type { Perform } from '../program.js'

const TASK = 'id of the task'

export function addChangeCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Changes:')
  program
    .command('changes')
    .description('what a task changed in a workspace of its own')
    .argument('<id>', TASK)
    .option('--diff [path]', 'line by line; of one file, however large, when it is named')
    .action(async (id: string, flags: { diff?: boolean | string }, command) =>
      perform(command, async (context) => {
        const { changes } = await import('../commands/changes.js')
        return changes(context, id, flags.diff)
      }),
    )
  program
    .command('apply')
    .description('merge what a task changed into what is checked out in the repository')
    .argument('<id>', TASK)
    .action(async (id: string, _flags, command) =>
      perform(command, async (context) => {
        const { applyChanges } = await import('../commands/changes.js')
        return applyChanges(context, id)
      }),
    )
  program
    .command('branch')
    .description('leave what a task changed on a branch, and remove its worktree')
    .argument('<id>', TASK)
    .argument('[name]', 'name of the branch (default: the one that the task worked on)')
    .action(async (id: string, name: string | undefined, _flags, command) =>
      perform(command, async (context) => {
        const { leaveOnBranch } = await import('../commands/changes.js')
        return leaveOnBranch(context, id, name)
      }),
    )
  program
    .command('discard')
    .description('give up what a task changed')
    .argument('<id>', TASK)
    .option('--yes', 'that is meant')
    .action(async (id: string, flags: { yes?: boolean }, command) =>
      perform(command, async (context) => {
        const { discardChanges } = await import('../commands/changes.js')
        return discardChanges(context, id, flags.yes)
      }),
    )
  program
    .command('resolve')
    .description('give what does not merge to an agent')
    .argument('<id>', TASK)
    .action(async (id: string, _flags, command) =>
      perform(command, async (context) => {
        const { resolveConflicts } = await import('../commands/changes.js')
        return resolveConflicts(context, id)
      }),
    )
  program
    .command('leftovers')
    .description('changes that wait for a decision')
    .action(async (_flags, command) =>
      perform(command, async (context) => {
        const { leftovers } = await import('../commands/changes.js')
        return leftovers(context)
      }),
    )
}
