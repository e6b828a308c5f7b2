import type { MachineUse } from '../../../../shared/model/resources.js'

/** Windows of equal length over a span, each with the mean of what was measured in it; null where nothing was. */
export function machineWindows(
  points: readonly MachineUse[],
  { from, to }: { readonly from: number; readonly to: number },
  count: number,
): readonly MachineUse[] {
  const lengthMs = (to - from) / count
  const sums = Array.from({ length: count }, () => ({ cpu: NONE, memory: NONE }))
  for (const { at, cpu, memory } of points) {
    const sum = sums[Math.floor((at - from) / lengthMs)]
    if (sum === undefined) continue
    sum.cpu = added(sum.cpu, cpu)
    sum.memory = added(sum.memory, memory)
  }
  return sums.map(({ cpu, memory }, index) => {
    return { at: from + index * lengthMs, cpu: meanOf(cpu), memory: meanOf(memory) }
  })
}

interface Sum {
  readonly total: number
  readonly count: number
}

const NONE: Sum = { total: 0, count: 0 }

function added(sum: Sum, value: number | null): Sum {
  return value === null ? sum : { total: sum.total + value, count: sum.count + 1 }
}

function meanOf({ total, count }: Sum): number | null {
  return count === 0 ? null : total / count
}
