import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  MARKER_VARIABLE,
  type ProcessEntry,
  type ProcessMarks,
  type ProcessTable,
  RUN_VARIABLE,
} from './process-table.js'

/** Processes looked at in one turn of the event loop; about a millisecond. */
const BATCH = 64

interface StatLine extends ProcessEntry {
  readonly state: string
}

/** Reads /proc: needs no `ps`, which a bare system lacks. */
export function createLinuxProcessTable(): ProcessTable {
  const bootId = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  const pageSize = readPageSize()
  const identity = (stat: StatLine) => `${bootId}:${stat.startedAt}`

  function read(pid: number): StatLine | null {
    const text = readText(`/proc/${pid}/stat`)
    return text === null ? null : parseStat(text, pageSize)
  }

  return {
    sampleEveryMs: 1000,
    startTimeOf(pid) {
      const stat = read(pid)
      return stat === null ? null : identity(stat)
    },
    isAlive({ pid, startTime }) {
      const stat = read(pid)
      return stat !== null && isLiving(stat) && (startTime === null || identity(stat) === startTime)
    },
    async list() {
      const entries: ProcessEntry[] = []
      const pids = readdirSync('/proc').filter((name) => name >= '1' && name <= '99999999')
      for (const [index, name] of pids.entries()) {
        if (index > 0 && index % BATCH === 0) await nextTurn()
        const stat = read(Number(name))
        if (stat !== null && isLiving(stat)) entries.push(stat)
      }
      return entries
    },
    async marksOf(entries) {
      const marks = new Map<number, ProcessMarks>()
      for (const [index, { pid }] of entries.entries()) {
        if (index > 0 && index % BATCH === 0) await nextTurn()
        const environment = readText(`/proc/${pid}/environ`)
        if (environment !== null) marks.set(pid, parseEnvironment(environment))
      }
      return marks
    },
    earliestStart: ({ startTime }) => {
      const ticks = Number(startTime?.split(':')[1] ?? Number.NaN)
      return Number.isNaN(ticks) ? Number.NEGATIVE_INFINITY : ticks
    },
    isSame: (entry, noted) => `${bootId}:${entry.startedAt}` === noted.startTime,
  }
}

function isLiving(stat: StatLine): boolean {
  return stat.state !== 'Z' && stat.state !== 'X'
}

/** Null when there is no such process (any more), or it is not ours to look into. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return null
    throw error
  }
}

/** proc(5): the name in parentheses may itself hold spaces and parentheses; fields count after it. */
function parseStat(text: string, pageSize: number): StatLine | null {
  const nameEnd = text.lastIndexOf(')')
  const fields = text.slice(nameEnd + 2).split(' ')
  const pid = Number.parseInt(text, 10)
  if (nameEnd === -1 || Number.isNaN(pid) || fields.length < 22) return null
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    state: fields[0] ?? '',
    parent: field(4),
    group: field(5),
    session: field(6),
    startedAt: field(22),
    memoryBytes: field(24) * pageSize,
    // In user and in kernel mode, in ticks of which Linux shows a hundred a second everywhere.
    cpuMs: (field(14) + field(15)) * 10,
  }
}

function parseEnvironment(text: string): ProcessMarks {
  let marker: string | null = null
  let run: string | null = null
  for (const entry of text.split('\0')) {
    if (entry.startsWith(`${MARKER_VARIABLE}=`)) marker = entry.slice(MARKER_VARIABLE.length + 1)
    else if (entry.startsWith(`${RUN_VARIABLE}=`)) run = entry.slice(RUN_VARIABLE.length + 1)
  }
  return { marker, run }
}

/** From the auxiliary vector (getauxval(3), AT_PAGESZ): arm64 kernels also use 16 and 64 KiB. */
function readPageSize(): number {
  const AT_PAGESZ = 6n
  const vector = readFileSync('/proc/self/auxv')
  if (process.arch.endsWith('64')) {
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === AT_PAGESZ) return Number(vector.readBigUInt64LE(at + 8))
    }
  }
  return 4096
}
