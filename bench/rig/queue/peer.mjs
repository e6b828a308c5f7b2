/**
 * @typedef {object} Place
 * @property {string} folder for the files of one run; empty, or left behind by a run that was killed
 * @property {string} [redis] socket of a server of one's own
 * @property {string} [prefix] of everything that is kept there
 * @property {string} [postgres] connection of a database of one's own
 * @property {boolean} [tuned] settings with which an interrupted job runs again soon, in place of the defaults
 *
 * @typedef {object} OpenQueue
 * @property {(n: number) => unknown} add stores one job; resolves when it is stored
 * @property {(numbers: number[]) => unknown} [addMany] stores all of them at once, where that is offered
 * @property {(body: (n: number) => Promise<void>) => unknown} work begins to run jobs, five at once; resolves when ready
 * @property {() => unknown} close
 *
 * @typedef {(place: Place) => OpenQueue | Promise<OpenQueue>} OpenPeer
 */

/** Jobs at once. */
export const AT_ONCE = 5
