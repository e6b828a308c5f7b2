import type { Command } from 'commander'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

export function addScheduleCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Schedules:')
  const schedules = program
    .command('schedules')
    .description('tasks that start again and again (see execute --cron)')
  schedules
    .command('list', { isDefault: true })
    .description('all of them, and when they run next')
    .allowExcessArguments()
    .action(async (_flags, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { listSchedules } = await import('../commands/schedules.js')
        return listSchedules(context)
      })
    })
  for (const [name, description] of [
    ['pause', 'start no further run; one that is under way goes on'],
    ['resume', 'go on with the next time'],
    ['run', 'start a run now, besides those to come'],
    ['delete', 'end it for good; a run that is under way goes on'],
  ] as const) {
    schedules
      .command(name)
      .description(description)
      .argument('<schedule-id>', 'id of the schedule')
      .action(async (scheduleId: string, _flags, command) =>
        perform(command, async (context) => {
          const { changeSchedule } = await import('../commands/schedules.js')
          return changeSchedule(context, name, scheduleId)
        }),
      )
  }
}
