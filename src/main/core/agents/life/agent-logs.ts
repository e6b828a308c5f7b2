import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock, Logger } from '../../ports.js'
import type { AgentJournal, LogOwner } from './agent-log.js'

/** A file above this is put aside, and the one put aside before goes. */
const LARGEST_BYTES = 1024 * 1024
const LONGEST_LINE = 2000

export interface AgentLogsOptions {
  /** Folder for all of them; made when it is needed. */
  readonly folder: string
  readonly clock: Clock
  readonly logger: Logger
  /** Takes out what must not be stored. */
  readonly mask: (text: string) => string
}

/** The debug log of every agent: one file each, appended in the background, rotated once. */
export class AgentLogs implements AgentJournal {
  readonly #options: AgentLogsOptions
  /** Lines to be appended by path; null where the files are to go. */
  readonly #pending = new Map<string, string[] | null>()
  #writing: Promise<void> | null = null

  constructor(options: AgentLogsOptions) {
    this.#options = options
  }

  note(agent: LogOwner, line: string): void {
    const { clock, mask } = this.#options
    const text = mask(line)
      .replaceAll(/\s*\n\s*/g, ' ⏎ ')
      .slice(0, LONGEST_LINE)
    const path = this.#pathOf(agent)
    const lines = this.#pending.get(path) ?? []
    lines.push(`${new Date(clock.now()).toISOString()} ${text}\n`)
    this.#pending.set(path, lines)
    this.#writing ??= this.#write()
  }

  forget(agent: LogOwner): void {
    const path = this.#pathOf(agent)
    this.#pending.set(path, null)
    this.#writing ??= this.#write()
  }

  /** The newest lines, oldest first. */
  async read(agent: LogOwner, count: number): Promise<string[]> {
    await this.close()
    const path = this.#pathOf(agent)
    const texts = await Promise.all([textOf(`${path}.1`), textOf(path)])
    return texts
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .slice(-count)
  }

  /** Resolves when everything noted so far is in the files. */
  async close(): Promise<void> {
    await this.#writing
  }

  #pathOf({ sessionId, agentId }: LogOwner): string {
    return join(this.#options.folder, fileName(sessionId), `${fileName(agentId)}.log`)
  }

  async #write(): Promise<void> {
    // What is noted in the same turn of the event loop goes into one write.
    await Promise.resolve()
    while (this.#pending.size > 0) {
      const batch = [...this.#pending]
      this.#pending.clear()
      for (const [path, lines] of batch) {
        try {
          if (lines === null)
            await Promise.all([path, `${path}.1`].map((file) => rm(file, { force: true })))
          else await append(path, lines.join(''))
        } catch (error) {
          this.#options.logger.warn({ error, path }, 'the log of an agent cannot be written')
        }
      }
    }
    this.#writing = null
  }
}

async function append(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LARGEST_BYTES) await rename(path, `${path}.1`)
  await appendFile(path, text, { mode: 0o600 })
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // Nothing was noted yet.
    return ''
  }
}

/** A name that every file system takes, that leads nowhere else, and that no other name has. */
function fileName(name: string): string {
  const readable = name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 40)
  const hash = createHash('sha256').update(name, 'utf16le').digest('hex').slice(0, 12)
  return `${readable}-${hash}`
}
