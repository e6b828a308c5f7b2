import type { Command } from 'commander'
import type { TestModelFlags } from '../commands/settings.js'
import type { Perform } from '../program.js'
import { refuseRest } from './group.js'

export function addSettingsCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Settings:')
  const settings = program
    .command('settings')
    .description('what a person chose: models, limits, preferences')
  settings
    .command('list', { isDefault: true })
    .description('all of them')
    .allowExcessArguments()
    .action(async (_flags, command) => {
      refuseRest(command)
      await perform(command, async (context) => {
        const { getSettings } = await import('../commands/settings.js')
        return getSettings(context, undefined)
      })
    })
  settings
    .command('get')
    .description('one of them, or a group such as limits')
    .argument('[key]', 'its name, such as preferences.theme')
    .action(async (key: string | undefined, _flags, command) =>
      perform(command, async (context) => {
        const { getSettings } = await import('../commands/settings.js')
        return getSettings(context, key)
      }),
    )
  settings
    .command('set')
    .description('change some of them')
    .argument('<key=value...>', 'settings to change')
    .action(async (assignments: string[], _flags, command) =>
      perform(command, async (context) => {
        const { setSettings } = await import('../commands/settings.js')
        return setSettings(context, assignments)
      }),
    )
  addDocuments(settings, perform)
}

function addDocuments(settings: Command, perform: Perform): void {
  settings
    .command('export')
    .description('write all of them, without secrets, as a document')
    .argument('[file]', 'where to; without it to standard output')
    .action(async (file: string | undefined, _flags, command) =>
      perform(command, async (context) => {
        const { exportSettings } = await import('../commands/settings.js')
        return exportSettings(context, file)
      }),
    )
  settings
    .command('import')
    .description('take over what a document names')
    .argument('<file>', 'the document; - reads standard input')
    .option('--dry-run', 'only tell what would change')
    .action(async (file: string, flags: { dryRun?: boolean }, command) =>
      perform(command, async (context) => {
        const { importSettings } = await import('../commands/settings.js')
        return importSettings(context, file, flags.dryRun === true)
      }),
    )
  settings
    .command('test-model')
    .description('ask the model for one word, with what is given in place of what is set')
    .option('--provider <name>', 'offline or anthropic')
    .option('--model <name>', 'as the provider writes it')
    .option('--base-url <url>', 'of a server that speaks the protocol')
    .option('--key-stdin', 'read the key to try from standard input')
    .action(async (flags: TestModelFlags, command) =>
      perform(command, async (context) => {
        const { testModel } = await import('../commands/settings.js')
        return testModel(context, flags)
      }),
    )
}
