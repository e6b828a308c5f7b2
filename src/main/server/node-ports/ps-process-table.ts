import { execFileSync } from 'node:child_process'
import { askProgram } from './ask-program.js'
import {
  MARKER_VARIABLE,
  type ProcessEntry,
  type ProcessMarks,
  type ProcessTable,
  RUN_VARIABLE,
} from './process-table.js'
import {
  earliestStartByClock,
  isAliveByClock,
  isSameByClock,
  startTimeNow,
} from './wall-clock-identity.js'

const options = {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  env: { ...process.env, LC_ALL: 'C' },
} as const

/** macOS and the BSDs: `ps`. Sessions are not told there; groups, parents and marks are. */
export function createPsProcessTable(): ProcessTable {
  return {
    sampleEveryMs: 5000,
    startTimeOf: startTimeNow,
    isAlive: (identity) => isAliveByClock(identity, startedAtMs),
    async list() {
      const { text } = await askProgram('ps', [
        '-A',
        '-o',
        'pid=,ppid=,pgid=,rss=,stat=,time=,lstart=',
      ])
      return parseProcessList(text)
    },
    async marksOf(entries) {
      if (entries.length === 0) return new Map()
      const pids = entries.map((entry) => entry.pid).join(',')
      // Exits with 1 when one of them is gone meanwhile, and tells of the others all the same.
      const { text } = await askProgram('ps', ['-E', '-ww', '-o', 'pid=,command=', '-p', pids])
      return parseMarks(text)
    },
    earliestStart: earliestStartByClock,
    isSame: isSameByClock,
  }
}

function startedAtMs(pid: number): number | null {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options)
    const at = Date.parse(text.trim())
    return Number.isNaN(at) ? null : at
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return null
    throw error
  }
}

/** Lines of `pid ppid pgid rss(KiB) stat time lstart`; exported for its test. */
export function parseProcessList(text: string): ProcessEntry[] {
  return text.split('\n').flatMap((line): ProcessEntry[] => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+([\d:.-]+)\s+(.+)$/.exec(line)
    if (found === null || found[5]?.startsWith('Z')) return []
    return [
      {
        pid: Number(found[1]),
        parent: Number(found[2]),
        group: Number(found[3]),
        session: 0,
        memoryBytes: Number(found[4]) * 1024,
        cpuMs: parseCpuTime(found[6] ?? ''),
        startedAt: Date.parse(found[7] ?? ''),
      },
    ]
  })
}

/** `[[days-]hours:]minutes:seconds`, with hundredths where the system tells them. */
function parseCpuTime(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text]
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return (Number(days) * 86_400 + seconds) * 1000
}

/** Lines of `pid command NAME=value…`; a value of ours never holds a blank. Exported for its test. */
export function parseMarks(text: string): Map<number, ProcessMarks> {
  const marks = new Map<number, ProcessMarks>()
  for (const line of text.split('\n')) {
    const pid = Number.parseInt(line, 10)
    if (Number.isNaN(pid)) continue
    const value = (name: string) => new RegExp(`\\s${name}=(\\S+)`).exec(line)?.[1] ?? null
    marks.set(pid, { marker: value(MARKER_VARIABLE), run: value(RUN_VARIABLE) })
  }
  return marks
}
