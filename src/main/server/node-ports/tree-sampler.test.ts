import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import type { ProcessSample } from '../../core/ports.js'
import type { ProcessTable } from './process-table.js'
import type { ProcessTree } from './process-tree.js'
import { TreeSampler } from './tree-sampler.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const tree = (): ProcessTree => ({
  leader: { pid: 7, startTime: '1' },
  run: 'r',
  oldest: 0,
  seen: new Map(),
})

/** A table of one process, which takes some time to read. */
class OneProcess implements ProcessTable {
  readonly sampleEveryMs = 1000
  looks = 0
  cpuMs = 0
  readonly #readMs: number

  constructor(readMs = 0) {
    this.#readMs = readMs
  }

  async list() {
    this.looks += 1
    const { cpuMs } = this
    if (this.#readMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#readMs))
    const entry = { pid: 7, parent: 1, group: 7, session: 7, startedAt: 1, memoryBytes: 1 }
    return [{ ...entry, cpuMs }]
  }

  startTimeOf = () => '1'
  isAlive = () => true
  marksOf = () => Promise.resolve(new Map())
  earliestStart = () => 0
  isSame = () => true
}

const ignore = () => undefined

it('looks at a tree with a limit however many others start meanwhile', async () => {
  const table = new OneProcess()
  const sampler = new TreeSampler(table, new SilentLogger())
  const stop = sampler.watch(tree(), true, ignore)
  for (let start = 0; start < 50; start++) {
    const stopOther = sampler.watch(tree(), true, ignore)
    await vi.advanceTimersByTimeAsync(200)
    stopOther()
  }
  expect(table.looks).toBe(40)
  stop()
})

it('looks once at a time, also when a tree is added in the middle of a look', async () => {
  const table = new OneProcess(20)
  const sampler = new TreeSampler(table, new SilentLogger())
  const stops = [sampler.watch(tree(), true, ignore)]
  for (let start = 0; start < 5; start++) {
    await vi.advanceTimersByTimeAsync(260)
    stops.push(sampler.watch(tree(), true, ignore))
    await vi.advanceTimersByTimeAsync(10)
  }
  const before = table.looks
  await vi.advanceTimersByTimeAsync(10_000)
  expect(table.looks - before).toBe(37)
  for (const stop of stops) stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('brings the next look forward for a tree with a limit', async () => {
  const table = new OneProcess()
  const sampler = new TreeSampler(table, new SilentLogger())
  const stops = [sampler.watch(tree(), false, ignore)]
  await vi.advanceTimersByTimeAsync(100)
  stops.push(sampler.watch(tree(), true, ignore))
  await vi.advanceTimersByTimeAsync(250)
  expect(table.looks).toBe(1)
  for (const stop of stops) stop()
})

it('says nothing of the processor before it has seen enough, and loses none of it', async () => {
  const table = new OneProcess()
  const sampler = new TreeSampler(table, new SilentLogger())
  const seen: ProcessSample[] = []
  const stops = [sampler.watch(tree(), false, ignore)]
  await vi.advanceTimersByTimeAsync(995)
  stops.push(sampler.watch(tree(), false, (sample) => seen.push(sample)))
  table.cpuMs = 20
  await vi.advanceTimersByTimeAsync(10)
  expect(seen.map(({ cpuPercent }) => cpuPercent)).toEqual([0])
  await vi.advanceTimersByTimeAsync(1000)
  const percent = seen.at(-1)?.cpuPercent ?? 0
  expect(percent).toBeGreaterThan(0)
  expect(percent).toBeLessThanOrEqual(2)
  for (const stop of stops) stop()
})
