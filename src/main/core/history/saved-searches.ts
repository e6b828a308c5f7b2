import type { SavedFilter, SavedSearch } from '../../../shared/model/history.js'
import type { SearchId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import {
  deleteSavedSearch,
  insertSavedSearch,
  selectSavedSearches,
  selectSearchNamed,
  updateSavedSearch,
} from '../store/queries/saved-searches.js'

const MOST_SEARCHES = 200

/** Searches that a person wants to make again, in every window. */
export class SavedSearches {
  readonly #log: EventLog
  readonly #clock: Clock
  readonly #ids: Ids

  constructor(parts: { readonly log: EventLog; readonly clock: Clock; readonly ids: Ids }) {
    this.#log = parts.log
    this.#clock = parts.clock
    this.#ids = parts.ids
  }

  list(): SavedSearch[] {
    return this.#log.query((db) => selectSavedSearches(db, this.#clock.now()))
  }

  /** @throws AppError `conflict` for a name that is taken, `not_found`, `limit_exceeded` */
  save(wanted: {
    readonly searchId?: SearchId | undefined
    readonly name: string
    readonly filter: SavedFilter
  }): SavedSearch {
    const { name, filter } = wanted
    const search = this.#log.transaction(({ db, at }) => {
      const named = selectSearchNamed(db, name)
      if (named !== undefined && named !== wanted.searchId) {
        throw new AppError(
          'conflict',
          `name: there is another search named ${JSON.stringify(name)}`,
        )
      }
      const known = selectSavedSearches(db, at)
      if (wanted.searchId === undefined) {
        if (known.length >= MOST_SEARCHES) {
          throw new AppError(
            'limit_exceeded',
            `${MOST_SEARCHES} searches are saved already; delete one of them before`,
          )
        }
        const searchId = this.#ids.next('srch') as SearchId
        const added = { searchId, name, filter, createdAt: at }
        insertSavedSearch(db, added)
        return added
      }
      const { searchId } = wanted
      if (!updateSavedSearch(db, { searchId, name, filter })) throw missing(searchId)
      const createdAt = known.find((one) => one.searchId === searchId)?.createdAt ?? at
      return { searchId, name, filter, createdAt }
    })
    this.#tell()
    return search
  }

  /** @throws AppError `not_found` */
  delete(searchId: SearchId): void {
    this.#log.transaction(({ db }) => {
      if (!deleteSavedSearch(db, searchId)) throw missing(searchId)
    })
    this.#tell()
  }

  #tell(): void {
    this.#log.live('history.savedChanged', { searches: this.list() })
  }
}

function missing(searchId: SearchId): AppError {
  return new AppError('not_found', `there is no saved search ${searchId}`)
}
