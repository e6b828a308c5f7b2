import { LINK_SCHEME, type Place, parseLink } from '../../../shared/model/place.js'

/** More than a person opens at once. */
const MOST_QUEUED = 5

/** Null: the address is none of ours, which the window says. */
type Follow = (place: Place | null) => void

/** The address among the arguments of a start; programs add arguments of their own. */
export function linkIn(args: readonly string[]): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`)) ?? null
}

/** Addresses that the system hands to the app. They lead somewhere and do nothing else. */
export class DeepLinks {
  #queued: Array<Place | null> = []
  #follow: Follow | null = null

  receive(address: string): void {
    const place = parseLink(address)
    if (this.#follow !== null) this.#follow(place)
    else this.#queued = [...this.#queued, place].slice(-MOST_QUEUED)
  }

  /** From now on there is a window to show them in, also those that came before. */
  open(follow: Follow): void {
    this.#follow = follow
    for (const place of this.#queued.splice(0)) follow(place)
  }
}
