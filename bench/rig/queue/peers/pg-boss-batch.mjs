import { openWith } from './pg-boss.mjs'

/**
 * Jobs fetched and completed in large batches, five of one at once.
 *
 * @type {import('../peer.mjs').OpenPeer}
 */
export const open = (place) => openWith(place, 1000)
