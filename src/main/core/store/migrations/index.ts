import { initial } from './0001-initial.js'
import { dependenciesAndTimes } from './0002-dependencies-and-times.js'
import { recurringBudgetsAndFigures } from './0003-recurring-budgets-and-figures.js'
import { searchIndex } from './0004-search-index.js'
import { agentsAndMail } from './0005-agents-and-mail.js'
import { teams } from './0006-teams.js'
import { branchesAndCards } from './0007-branches-and-cards.js'
import { inbox } from './0008-inbox.js'
import { figuresBySlot } from './0009-figures-by-slot.js'
import { resources } from './0010-resources.js'
import { history } from './0011-history.js'
import { notifications } from './0012-notifications.js'
import { taskList } from './0013-task-list.js'

/** In order of version; append-only: a migration that was released never changes. */
export const migrations: readonly { readonly version: number; readonly sql: string }[] = [
  { version: 1, sql: initial },
  { version: 2, sql: dependenciesAndTimes },
  { version: 3, sql: recurringBudgetsAndFigures },
  { version: 4, sql: searchIndex },
  { version: 5, sql: agentsAndMail },
  { version: 6, sql: teams },
  { version: 7, sql: branchesAndCards },
  { version: 8, sql: inbox },
  { version: 9, sql: figuresBySlot },
  { version: 10, sql: resources },
  { version: 11, sql: history },
  { version: 12, sql: notifications },
  { version: 13, sql: taskList },
]

/** The version that this program reads and writes. */
export const LATEST_VERSION = migrations.length
