import { expect, it } from 'vitest'
import { readGroup } from './cgroup.js'

const files = (texts: Readonly<Record<string, string>>) => (path: string) => texts[path] ?? null
const unified = {
  '/proc/self/cgroup': '0::/app/worker\n',
  '/sys/fs/cgroup/cgroup.controllers': 'cpu memory\n',
}

it('finds the tightest limit on the way up, and takes off what the kernel gives back', () => {
  const reading = readGroup(
    files({
      ...unified,
      '/sys/fs/cgroup/app/worker/memory.max': 'max\n',
      '/sys/fs/cgroup/app/worker/memory.current': '5000\n',
      '/sys/fs/cgroup/app/memory.max': '1000000\n',
      '/sys/fs/cgroup/app/memory.current': '800000\n',
      '/sys/fs/cgroup/app/memory.stat': 'anon 1\ninactive_file 300000\n',
      '/sys/fs/cgroup/app/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/app/cpu.stat': 'usage_usec 2000000\nuser_usec 1\n',
      '/sys/fs/cgroup/cpu.max': 'max 100000\n',
    }),
  )
  expect(reading).toEqual({
    memory: { percent: 50, limitBytes: 1_000_000 },
    cpu: [{ cores: 1.5, usedMs: 2_000 }],
  })
})

it('takes the smallest limit, and the level that is nearest to its own', () => {
  const reading = readGroup(
    files({
      ...unified,
      '/sys/fs/cgroup/app/worker/memory.max': '500\n',
      '/sys/fs/cgroup/app/worker/memory.current': '0\n',
      '/sys/fs/cgroup/app/worker/cpu.max': '100000 100000\n',
      '/sys/fs/cgroup/app/worker/cpu.stat': 'usage_usec 0\n',
      '/sys/fs/cgroup/app/memory.max': '1000\n',
      '/sys/fs/cgroup/app/memory.current': '900\n',
      '/sys/fs/cgroup/app/cpu.max': '200000 100000\n',
      '/sys/fs/cgroup/app/cpu.stat': 'usage_usec 9000\n',
    }),
  )
  expect(reading).toEqual({
    memory: { limitBytes: 500, percent: 90 },
    cpu: [
      { cores: 1, usedMs: 0 },
      { cores: 2, usedMs: 9 },
    ],
  })
})

it('reads version 1, where no limit is a huge number', () => {
  const old = {
    '/proc/self/cgroup': '5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': '1\n',
  }
  expect(readGroup(files(old))).toEqual({ memory: null, cpu: [] })
  const limited = {
    ...old,
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1000\n',
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': '600\n',
    '/sys/fs/cgroup/memory/memory.stat': 'total_inactive_file 100\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    '/sys/fs/cgroup/cpuacct/cpuacct.usage': '3000000\n',
  }
  expect(readGroup(files(limited))).toEqual({
    memory: { percent: 50, limitBytes: 1000 },
    cpu: [{ cores: 0.5, usedMs: 3 }],
  })
})

it('knows of no limit where nothing can be read', () => {
  expect(readGroup(files({}))).toEqual({ memory: null, cpu: [] })
})
