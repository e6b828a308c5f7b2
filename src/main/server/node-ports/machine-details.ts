import type { ResultOf } from '../../../shared/rpc/contract.js'

/** What the machine is, for whoever looks at it; some 40 ms, so never asked for a decision. */
export async function readMachineDetails(): Promise<ResultOf<'system.details'>> {
  const { default: information } = await import('systeminformation')
  const [cpu, memory, os] = await Promise.all([
    information.cpu(),
    information.mem(),
    information.osInfo(),
  ])
  return {
    system: [os.distro, os.release].filter((part) => part !== '').join(' '),
    processor: [cpu.manufacturer, cpu.brand].filter((part) => part !== '').join(' '),
    cores: cpu.cores,
    memoryBytes: memory.total,
    memoryAvailableBytes: memory.available,
    swapUsedBytes: memory.swapused,
  }
}
