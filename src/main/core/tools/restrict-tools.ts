import { failed } from './tool-outcome.js'
import type { ToolRegistry } from './tool-registry.js'

/**
 * The same tools for one that was granted only some of them; null for all. The others are still
 * known by `get`: a call that a crash interrupted may have happened before the grant was taken away.
 */
export function restrictTools(all: ToolRegistry, granted: readonly string[] | null): ToolRegistry {
  if (granted === null) return all
  const definitions = all.definitions.filter(({ name }) => granted.includes(name))
  const names = definitions.map(({ name }) => name).join(', ')
  return {
    ...all,
    definitions,
    execute: async (name, input, context) => {
      const isRefused = all.get(name) !== undefined && !granted.includes(name)
      return isRefused
        ? failed('forbidden', `${name} was not granted to you; your tools are ${names}`)
        : all.execute(name, input, context)
    },
  }
}
