import { crash } from '../rig/queue/crash.mjs'

const CRASHES = 3

/**
 * @typedef {import('../rig/queue/peer-list.mjs').PeerEntry} PeerEntry
 * @typedef {object} Crashed
 * @property {PeerEntry} peer
 * @property {'as shipped' | 'tuned'} settings
 * @property {import('../rig/queue/crash.mjs').Crash[]} crashes
 */

/**
 * Those that run an interrupted job again at once are measured one after another; the others only wait for seconds,
 * and do so beside one another.
 *
 * @param {readonly PeerEntry[]} present
 * @param {import('./queue.mjs').NewPlace} newPlace
 * @returns {Promise<Crashed[]>}
 */
export async function crashes(present, newPlace) {
  const cases = present.flatMap((peer) => peer.crash.map((settings) => ({ peer, settings })))
  /** @param {(typeof cases)[number]} one */
  const measure = async ({ peer, settings }) => {
    const results = []
    // As shipped it waits for the limit each time, and no longer than the others take together.
    const times = peer.slowRecovery && settings === 'as shipped' ? 1 : CRASHES
    for (let n = 0; n < times; n++) {
      const place = { ...(await newPlace(peer)), tuned: settings === 'tuned' }
      results.push(await crash(peer.key, place))
    }
    return { peer, settings, crashes: results }
  }
  /** @type {Crashed[]} */
  const quick = []
  for (const one of cases) if (!one.peer.slowRecovery) quick.push(await measure(one))
  const slow = await Promise.all(cases.filter(({ peer }) => peer.slowRecovery).map(measure))
  process.stderr.write('queue: crashes done\n')
  return [...quick, ...slow]
}
