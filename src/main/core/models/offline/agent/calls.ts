import type { PlannedCall } from '../routine.js'

/** As many as the tools give in one result; what is more is said to be cut. */
const MOST_ENTRIES = 5_000
const MOST_MATCHES = 1_000

export function listLevel(path: string | null): PlannedCall {
  return { name: 'list_files', input: { ...at(path), maxEntries: MOST_ENTRIES } }
}

/** Everything below a folder, largest first: what is cut off is small, and the totals stay exact. */
export function listAll(path: string | null): PlannedCall {
  return {
    name: 'list_files',
    input: { ...at(path), recursive: true, sort: 'size', maxEntries: MOST_ENTRIES },
  }
}

export function listNamed(glob: string, path: string | null): PlannedCall {
  return { name: 'list_files', input: { ...at(path), recursive: true, glob, maxEntries: 200 } }
}

export function readFile(path: string): PlannedCall {
  return { name: 'read_file', input: { path } }
}

export function searchPattern(pattern: string, path: string | null, glob?: string): PlannedCall {
  const scope = glob === undefined ? at(path) : { ...at(path), glob }
  return { name: 'search_files', input: { pattern, ...scope, maxResults: MOST_MATCHES } }
}

export function searchText(text: string, path: string | null, ignoreCase: boolean): PlannedCall {
  return {
    name: 'search_files',
    input: { pattern: text, ...at(path), fixed: true, ignoreCase, maxResults: MOST_MATCHES },
  }
}

export function runCommand(command: string, timeoutSeconds?: number): PlannedCall {
  const limit = timeoutSeconds === undefined ? {} : { timeoutSeconds }
  return { name: 'run_command', input: { command, ...limit } }
}

function at(path: string | null): { readonly path?: string } {
  return path === null || path === '.' || path === '' ? {} : { path }
}

/** A path as a shell word for sh and cmd alike; null when it cannot be one safely. */
export function shellPath(path: string): string | null {
  if (path.startsWith('-') || !/^[\p{L}\p{N}_@+=:,./ -]+$/u.test(path)) return null
  return path.includes(' ') ? `"${path}"` : path
}
