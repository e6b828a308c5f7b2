import { loadProduct } from '../load-product.mjs'
import { AT_ONCE } from '../peer.mjs'

const { openProduct } = await loadProduct()

/** @type {import('../peer.mjs').OpenPeer} */
export function open({ folder }) {
  /** @type {(n: number) => Promise<void>} */
  let run = () => Promise.resolve()
  const { queue, close } = openProduct(folder, (n) => run(Number(n)))
  return {
    add: (n) => queue.submit({ description: 'a job', type: 'command', command: 'true', input: n }),
    work: async (body) => {
      run = body
      queue.setLimits({ maxConcurrentTasks: AT_ONCE, cpuThreshold: 100, memoryThreshold: 100 })
      await queue.start()
    },
    close,
  }
}
