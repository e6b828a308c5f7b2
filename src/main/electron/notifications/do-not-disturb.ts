import { messageOf } from '../../../shared/rpc/errors.js'
import type { Clock, DoNotDisturb, Logger } from '../../core/ports.js'
import { askProgram } from '../../server/node-ports/ask-program.js'

const KNOWN_FOR_MS = 30_000
const ANSWER_WITHIN_MS = 1000

/** A program that knows it, and what its answer means; null for one that is not understood. */
export interface Informant {
  readonly file: string
  readonly args: readonly string[]
  readonly read: (answer: string) => boolean | null
}

const NOTIFICATIONS = 'org.freedesktop.Notifications'
const OBJECT = '/org/freedesktop/Notifications'

const GNOME: Informant = {
  file: 'gsettings',
  args: ['get', 'org.gnome.desktop.notifications', 'show-banners'],
  read: (answer) => {
    const shows = truthIn(answer)
    return shows === null ? null : !shows
  },
}

/** Two programs that ask the same; either may be missing. */
const PLASMA: readonly Informant[] = [
  {
    file: 'busctl',
    args: ['--user', 'get-property', NOTIFICATIONS, OBJECT, NOTIFICATIONS, 'Inhibited'],
    read: truthIn,
  },
  {
    file: 'gdbus',
    args: [
      ...['call', '--session', '--dest', NOTIFICATIONS, '--object-path', OBJECT],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', NOTIFICATIONS, 'Inhibited'],
    ],
    read: truthIn,
  },
]

/**
 * Who is asked, one after the other until one knows.
 *
 * @param desktop `XDG_CURRENT_DESKTOP`; nowhere else is there anything that can be asked. macOS and Windows hold
 * notifications back by themselves and do not say when.
 */
export function informantsOf(desktop: string): readonly Informant[] {
  const names = desktop.toLowerCase().split(':')
  if (names.includes('gnome') || names.includes('unity')) return [GNOME]
  return names.includes('kde') ? PLASMA : []
}

/** `true` and `false` as themselves, `b true` as busctl writes them and `(<true>,)` as gdbus does. */
function truthIn(answer: string): boolean | null {
  const [, word] = /^(?:b |\(<)?(true|false)(?:>,\))?$/.exec(answer.trim()) ?? []
  return word === undefined ? null : word === 'true'
}

/** What the desktop says, asked when somebody needs to know and remembered for a while. Who does not say is not in need of quiet. */
export class SystemDoNotDisturb implements DoNotDisturb {
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #environment: NodeJS.ProcessEnv
  readonly #informants: readonly Informant[]
  readonly #stopping = new AbortController()
  #answer: { readonly isOn: boolean; readonly atMs: number } | null = null
  #asking: Promise<void> | null = null

  constructor(options: {
    readonly clock: Clock
    readonly logger: Logger
    readonly environment: NodeJS.ProcessEnv
  }) {
    this.#clock = options.clock
    this.#logger = options.logger
    this.#environment = options.environment
    this.#informants = informantsOf(options.environment['XDG_CURRENT_DESKTOP'] ?? '')
  }

  known(): boolean | null {
    if (this.#informants.length === 0) return false
    if (this.#answer === null) return null
    const ageMs = this.#clock.now() - this.#answer.atMs
    return ageMs >= 0 && ageMs < KNOWN_FOR_MS ? this.#answer.isOn : null
  }

  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  /** Resolves when nobody is asked any more. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#asking
  }

  async #ask(): Promise<void> {
    let isOn: boolean | null = null
    for (const informant of this.#informants) isOn ??= await this.#askOne(informant)
    this.#answer = { isOn: isOn ?? false, atMs: this.#clock.now() }
  }

  async #askOne({ file, args, read }: Informant): Promise<boolean | null> {
    const { signal } = this.#stopping
    const options = { env: this.#environment, timeoutMs: ANSWER_WITHIN_MS, signal }
    try {
      const { text, exitCode } = await askProgram(file, args, options)
      return exitCode === 0 ? read(text) : null
    } catch (error) {
      this.#logger.debug({ file, reason: messageOf(error) }, 'do not disturb could not be read')
      return null
    }
  }
}
