import { createDispatcher } from '../../src/main/rpc/dispatcher.js'
import { createHandlers } from '../../src/main/rpc/handlers.js'
import { connectInMemory } from '../../src/main/rpc/memory-transport.js'
import { RpcClient } from '../../src/shared/rpc/client.js'
import type { CoreBench } from './core-bench.js'

/** Speaks to a core as a client does, without a socket between them. */
export function clientOf({ core, logger }: Pick<CoreBench, 'core' | 'logger'>): RpcClient {
  const handlers = createHandlers(core, {
    kind: 'memory',
    version: '0',
    pid: 1,
    startedAt: 0,
    machineDetails: () => Promise.reject(new Error('not here')),
  })
  return new RpcClient(connectInMemory(createDispatcher({ handlers, events: core.events, logger })))
}
