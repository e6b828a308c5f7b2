/**
 * A queue in a process of its own, so that nothing of it reaches another measurement. Started with the name of the
 * peer, of the measurement, and its options as JSON; answers over the IPC channel.
 */
import { endToEnd, enqueue, pickUp } from './measures.mjs'

const [peer, measurement, options = '{}'] = process.argv.slice(2)
const { place, jobs, samples, restMs } = JSON.parse(options)

/** @type {{ open: import('./peer.mjs').OpenPeer }} */
const { open } = await import(`./peers/${peer}.mjs`)
const queue = await open(place)

async function measure() {
  switch (measurement) {
    case 'enqueue':
      return enqueue(queue, jobs)
    case 'endToEnd':
      return endToEnd(queue, jobs)
    case 'pickUp':
      return pickUp(queue, samples, restMs)
    default:
      throw new Error(`there is no measurement ${JSON.stringify(measurement)}`)
  }
}

const result = await measure()
process.send?.({ result })
if (process.send === undefined) process.stdout.write(`${JSON.stringify(result)}\n`)
await queue.close()
// What a library keeps alive is its own affair.
process.exit()
