import os from 'node:os'

function times() {
  const all = os.cpus().map((cpu) => cpu.times)
  const total = all.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.irq + t.idle, 0)
  return { total, idle: all.reduce((sum, t) => sum + t.idle, 0) }
}

/**
 * Begins to watch how busy all cores are, whoever keeps them so.
 *
 * @returns {() => number} ends it; share of 1
 */
export function watchMachine() {
  const before = times()
  return () => {
    const after = times()
    return 1 - (after.idle - before.idle) / Math.max(1, after.total - before.total)
  }
}
