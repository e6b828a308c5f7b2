import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Replaces a file as a whole, readable by its owner alone: whoever reads it sees the old text or
 * the new one, whenever the program or the machine dies.
 */
export function writePrivateFile(path: string, text: string): void {
  const next = `${path}.${process.pid}.new`
  try {
    const file = openSync(next, 'w', 0o600)
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(next, path)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}
