import { type FSWatcher, mkdirSync, readFileSync, watch } from 'node:fs'
import path from 'node:path'
import type { HostAddress, HostPlace } from './host-process.js'

/** Where the app can be reached, as soon as it says so in its data directory. */
export async function hostAddress(
  { dataDirectory }: HostPlace,
  { pid }: { readonly pid: number },
): Promise<HostAddress> {
  mkdirSync(dataDirectory, { recursive: true })
  let watcher: FSWatcher | null = null
  try {
    return await new Promise((resolve) => {
      const look = () => {
        const address = readAddress(path.join(dataDirectory, 'host.json'), pid)
        if (address !== null) resolve(address)
      }
      watcher = watch(dataDirectory, look)
      look()
    })
  } finally {
    close(watcher)
  }
}

function close(watcher: FSWatcher | null): void {
  watcher?.close()
}

/** Null for the file of an earlier host. */
function readAddress(file: string, pid: number): HostAddress | null {
  try {
    const info = JSON.parse(readFileSync(file, 'utf8'))
    return info.pid === pid ? { wsUrl: info.wsUrl, token: info.token } : null
  } catch {
    // Not written yet.
    return null
  }
}
