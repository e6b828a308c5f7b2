import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './host.mjs'

const PARTS = ['src', 'electron.vite.config.ts', 'package.json', 'tsconfig.json', 'tsconfig']

/**
 * A folder for one bench, removed at its end.
 *
 * @returns {AsyncDisposable & { folder: string }}
 */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smart-agents-bench-'))
  return {
    folder,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * A project of real size that can be built and searched: a copy of this one.
 *
 * @param {string} folder
 */
export function copyProject(folder) {
  mkdirSync(folder, { recursive: true })
  for (const part of PARTS)
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
}
