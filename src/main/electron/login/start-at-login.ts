import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import { APP_NAME } from '../app-name.js'
import { autostartEntry, type LoginCommand } from './autostart-entry.js'

export interface StartAtLoginOptions {
  readonly command: LoginCommand
  /** Of the entry that a Linux desktop reads. */
  readonly autostartFile: string
}

/** Starts the app at login from now on, or no longer. @throws when the system does not take it */
export function setStartAtLogin(wanted: boolean, options: StartAtLoginOptions): void {
  if (process.platform === 'linux') setAutostartFile(wanted, options)
  else setLoginItem(wanted, options)
}

function setLoginItem(wanted: boolean, { command }: StartAtLoginOptions): void {
  const { program, args } = command
  const item = process.platform === 'win32' ? { path: program, args: args.map(quotedPath) } : {}
  if (app.getLoginItemSettings(item).openAtLogin === wanted) return
  app.setLoginItemSettings({ ...item, openAtLogin: wanted })
}

/** The registry holds one line. */
function quotedPath(arg: string): string {
  return /\s/.test(arg) ? `"${arg}"` : arg
}

/** An entry that another data directory or another program wrote is not ours to remove. */
function setAutostartFile(wanted: boolean, { command, autostartFile }: StartAtLoginOptions): void {
  const entry = autostartEntry(APP_NAME, command)
  const isOurs = readText(autostartFile) === entry
  if (isOurs === wanted) return
  if (!wanted) {
    rmSync(autostartFile, { force: true })
    return
  }
  mkdirSync(path.dirname(autostartFile), { recursive: true })
  const temporary = `${autostartFile}.new`
  writeFileSync(temporary, entry)
  renameSync(temporary, autostartFile)
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // None there, which is how it is for most.
    return null
  }
}
