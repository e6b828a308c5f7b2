import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { type OwnedMachineGauge, startMachineGauge, vmStatPercent } from './machine-gauge.js'

let gauge: OwnedMachineGauge | undefined
const logger = new SilentLogger()

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  gauge?.stop()
  vi.useRealTimers()
})

describe('the gauge of the machine', () => {
  it('knows nothing before the first reading, then smooths', () => {
    const times = { busy: 0, total: 0 }
    let memory = 50
    gauge = startMachineGauge(logger, {
      cpuTimes: () => ({ ...times }),
      memoryPercent: () => memory,
    })
    expect(gauge.read()).toEqual({ cpu: null, memory: null })
    times.busy += 20
    times.total += 100
    vi.advanceTimersByTime(1000)
    expect(gauge.read()).toEqual({ cpu: 20, memory: 50 })
    times.busy += 100
    times.total += 100
    memory = 60
    vi.advanceTimersByTime(1000)
    expect(gauge.read()).toEqual({ cpu: 52, memory: 54 })
  })

  it('shows how much of a container is taken, where that is more than of the machine', () => {
    const inner = { usedMs: 0, cores: 0.5 }
    const outer = { usedMs: 0, cores: 1 }
    gauge = startMachineGauge(logger, {
      cpuTimes: () => ({ busy: 0, total: 100 }),
      memoryPercent: () => 20,
      group: () => ({
        memory: { percent: 90, limitBytes: 100 },
        cpu: [{ ...inner }, { ...outer }],
      }),
    })
    expect(gauge.memoryBytes).toBe(100)
    inner.usedMs += 200
    outer.usedMs += 700
    vi.advanceTimersByTime(1000)
    expect(gauge.read()).toEqual({ cpu: 70, memory: 90 })
  })

  it('tells every listener after each reading, also when one of them throws', () => {
    gauge = startMachineGauge(logger, {
      cpuTimes: () => ({ busy: 0, total: 0 }),
      memoryPercent: () => 10,
    })
    const heard: unknown[] = []
    gauge.onReading(() => {
      throw new Error('broken listener')
    })
    const stop = gauge.onReading((reading) => heard.push(reading))
    vi.advanceTimersByTime(2000)
    expect(heard).toEqual([
      { cpu: null, memory: 10 },
      { cpu: null, memory: 10 },
    ])
    stop()
    vi.advanceTimersByTime(1000)
    expect(heard).toHaveLength(2)
  })

  it('stays within 0 to 100 and survives a machine that cannot be read', () => {
    let fails = false
    gauge = startMachineGauge(logger, {
      cpuTimes: () => ({ busy: 0, total: 0 }),
      memoryPercent: () => {
        if (fails) throw new Error('no /proc')
        return 120
      },
    })
    vi.advanceTimersByTime(1000)
    fails = true
    vi.advanceTimersByTime(3000)
    expect(gauge.read().memory).toBe(100)
    expect(logger.messages('warn')).toContain('the machine cannot be read: no /proc')
  })

  it('reads this machine', () => {
    gauge = startMachineGauge(logger)
    vi.advanceTimersByTime(1000)
    const { memory } = gauge.read()
    if (process.platform === 'linux') expect(memory).toBeGreaterThan(0)
    expect(memory).toBeLessThanOrEqual(100)
  })

  it('counts the pages that macOS can give back', () => {
    const text = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               10000.
Pages active:                            300000.
Pages inactive:                          200000.
Pages speculative:                        30000.
Pages throttled:                              0.
Pages wired down:                        100000.
Pages purgeable:                          22144.
`
    expect(vmStatPercent(text, 16 * 1024 ** 3)).toBeCloseTo(75, 1)
  })
})
