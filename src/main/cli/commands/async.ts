import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'

/** Shows or changes whether tasks run in the background. */
export async function asyncSetting(
  { host, terminal, json }: CommandContext,
  change: 'on' | 'off' | undefined,
): Promise<number> {
  const { asyncTasks } =
    change === undefined
      ? await host.call('settings.get', {})
      : await host.call('settings.set', { asyncTasks: change === 'on' })
  if (json) terminal.json({ asyncTasks })
  else {
    terminal.line(
      asyncTasks
        ? 'Asynchronous tasks are on: they run in the background.'
        : 'Asynchronous tasks are off: who starts one waits for it, and the chat runs them in turn.',
    )
  }
  return EXIT.ok
}
