/**
 * A queue in a process of its own, so that nothing of it reaches another measurement. Started with the name of the
 * peer, of the measurement, and its options as JSON; answers over the IPC channel.
 */
import { runUntilKilled } from './crash-jobs.mjs'
import { endToEnd, enqueue, pickUp } from './measures.mjs'

const [peer, measurement, given = '{}'] = process.argv.slice(2)
const options = JSON.parse(given)

/** @type {{ open: import('./peer.mjs').OpenPeer }} */
const { open } = await import(`./peers/${peer}.mjs`)
const queue = await open(options.place)

async function measure() {
  switch (measurement) {
    case 'enqueue':
      return enqueue(queue, options.amount)
    case 'endToEnd':
      return endToEnd(queue, options.amount)
    case 'pickUp':
      return pickUp(queue, options.amount, options.restMs)
    case 'untilKilled':
      return runUntilKilled(queue, options)
    default:
      throw new Error(`there is no measurement ${JSON.stringify(measurement)}`)
  }
}

const result = await measure()
if (process.send === undefined) process.stdout.write(`${JSON.stringify(result)}\n`)
else process.send({ result })
await queue.close()
// What a library keeps alive is its own affair.
process.exit()
