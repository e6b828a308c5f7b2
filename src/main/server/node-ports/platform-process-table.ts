import { createLinuxProcessTable } from './linux-process-table.js'
import type { ProcessTable } from './process-table.js'
import { createPsProcessTable } from './ps-process-table.js'
import { createWindowsProcessTable } from './windows-process-table.js'

export function createProcessTable(platform: NodeJS.Platform = process.platform): ProcessTable {
  switch (platform) {
    case 'linux':
      return createLinuxProcessTable()
    case 'win32':
      return createWindowsProcessTable()
    default:
      return createPsProcessTable()
  }
}
