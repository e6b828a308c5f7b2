import type { DoNotDisturb } from '../ports.js'

/** Something is to be told, but whether it may disturb is not known: once the system was asked, all of it is tried again. */
export class NotAsked extends Error {}

/** Where no system says anything about it. */
export const SYSTEM_SAYS_NOTHING: DoNotDisturb = {
  known: () => false,
  ask: () => Promise.resolve(),
}

/** @throws NotAsked */
export function isNotToBeDisturbed(system: DoNotDisturb): boolean {
  const known = system.known()
  if (known === null) throw new NotAsked('the system was not asked whether it may be disturbed')
  return known
}
