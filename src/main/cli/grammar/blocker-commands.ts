import type { Command } from 'commander'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

/** Questions to the person, and what is said to running tasks. */
export function addBlockerCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Questions:')
  const blockers = program
    .command('blockers')
    .alias('blocker')
    .description('questions of agents, and of checks that cannot be met')
  blockers
    .command('list', { isDefault: true })
    .description('those that wait for an answer')
    .option('--all', 'also those that are over')
    .option('--task <id>', 'of this task only')
    .allowExcessArguments()
    .action(async (flags: { readonly all?: boolean; readonly task?: string }, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { listBlockers } = await import('../commands/blockers.js')
        return listBlockers(context, flags)
      })
    })
  blockers
    .command('show')
    .description('the whole question, and its answer')
    .argument('<blocker-id>', 'id of the question')
    .action(async (id: string, _flags, command) =>
      perform(command, async (context) => {
        const { showBlocker } = await import('../commands/blockers.js')
        return showBlocker(context, id)
      }),
    )
  blockers
    .command('answer')
    .description('answer it; the first answer counts')
    .argument('<blocker-id>', 'id of the question')
    .argument('<text>', 'the answer; - reads it from standard input')
    .action(async (id: string, text: string, _flags, command) =>
      perform(command, async (context) => {
        const { answerBlocker } = await import('../commands/blockers.js')
        return answerBlocker(context, id, text)
      }),
    )
  program
    .command('message')
    .description('say something to the agent of a task; it reads it before its next step')
    .argument('<task-id>', 'id of the task')
    .argument('<text>', 'what you say; - reads it from standard input')
    .action(async (id: string, text: string, _flags, command) =>
      perform(command, async (context) => {
        const { messageTask } = await import('../commands/task-messages.js')
        return messageTask(context, id, text)
      }),
    )
  program
    .command('messages')
    .description('what was said to a task, and whether its agent has read it')
    .argument('<task-id>', 'id of the task')
    .action(async (id: string, _flags, command) =>
      perform(command, async (context) => {
        const { listTaskMessages } = await import('../commands/task-messages.js')
        return listTaskMessages(context, id)
      }),
    )
  program
    .command('evidence')
    .description('what the checks of a task found, and what was done about it')
    .argument('<task-id>', 'id of the task')
    .action(async (id: string, _flags, command) =>
      perform(command, async (context) => {
        const { showEvidence } = await import('../commands/evidence.js')
        return showEvidence(context, id)
      }),
    )
}
