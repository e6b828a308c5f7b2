import { openWith } from './graphile-worker.mjs'

/**
 * With jobs fetched ahead: fast, and they are locked to a process that may die.
 *
 * @type {import('../peer.mjs').OpenPeer}
 */
export const open = (place) => openWith(place, { localQueue: { size: 500 } })
