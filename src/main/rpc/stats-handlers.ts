import type { Core } from '../core/index.js'
import type { Part } from './handler.js'

/** Figures of so many days are meant where nobody says. */
export const DEFAULT_DAYS = 7

/** What was done, and what it cost. */
export function statsHandlers({ overview, costs }: Core): Part<'stats'> & Part<'cost'> {
  return {
    'stats.overview': (request) => overview(request),
    'cost.summary': ({ days = DEFAULT_DAYS }) => costs.summary(days),
    'cost.tree': ({ taskId }) => costs.tree(taskId),
  }
}
