import { connectInMemory } from '../../src/main/rpc/memory-transport.js'
import { describeTransport } from './transport-suite.js'

describeTransport('a pair in memory', async (dispatcher) => ({
  connect: async () => connectInMemory(dispatcher),
  close: async () => dispatcher.close('the test has ended'),
}))
