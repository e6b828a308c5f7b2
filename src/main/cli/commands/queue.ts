import type { ResourceLimits } from '../../../shared/model/queue.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'

export async function pauseOrResume(
  { host, terminal, json }: CommandContext,
  change: 'pause' | 'resume',
): Promise<number> {
  const state = await host.call(`queue.${change}`, {})
  const counts = `${state.runningCount} running, ${state.pendingCount} waiting`
  if (json) terminal.json(state)
  else if (state.paused) terminal.line(`Paused: no further task starts (${counts}).`)
  else terminal.line(`Tasks start again (${counts}).`)
  return EXIT.ok
}

/** Cancels what waits. */
export async function clear({ host, terminal, json }: CommandContext): Promise<number> {
  const cleared = await host.call('queue.clear', {})
  const { cancelled } = cleared
  if (json) terminal.json(cleared)
  else if (cancelled === 0) terminal.line('There was no task that waits.')
  else terminal.line(`Cancelled ${cancelled} waiting ${cancelled === 1 ? 'task' : 'tasks'}.`)
  return EXIT.ok
}

/** Shows the limits; those that are named are changed before. */
export async function limits(
  { host, terminal, json }: CommandContext,
  change: Partial<ResourceLimits>,
): Promise<number> {
  const current =
    Object.keys(change).length === 0
      ? await host.call('queue.limits.get', {})
      : await host.call('queue.limits.set', change)
  if (json) terminal.json(current)
  else for (const [key, value] of Object.entries(current)) terminal.line(`${key}=${value}`)
  return EXIT.ok
}
