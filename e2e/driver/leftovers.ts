import { readdirSync, readFileSync } from 'node:fs'
import { MARKER } from './environment.js'

/**
 * The processes whose environment carries the marker of a test, as `pid command line`. Empty where
 * the system does not tell (no /proc).
 */
export function processesOf(marker: string): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const environment = readProc(pid, 'environ')
      if (!environment.split('\0').includes(`${MARKER}=${marker}`)) return []
      return [`${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 200)}`]
    })
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended meanwhile, or belongs to someone else.
    return ''
  }
}
