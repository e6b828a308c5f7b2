import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { Dispatcher } from '../rpc/dispatcher.js'
import type { HostAccess, HostLink, HostPeer } from './host-access.js'
import { openRemoteLink, type RemoteHost } from './remote-link.js'

/** The core in this process, with its dispatcher and its loopback server. */
export interface OwnHost {
  readonly dispatcher: Dispatcher
  stop(): Promise<void>
}

export interface AppHostOptions {
  readonly logger: Logger
  /**
   * Becomes the owner of the data directory and starts the core; null where another process owns it.
   *
   * @throws when the directory or its database cannot be used
   */
  readonly startOwn: () => Promise<OwnHost | null>
  /** Where the owner says that it can be reached; null where it has not said so. */
  readonly findOwner: () => Promise<RemoteHost | null>
}

/**
 * Where the windows of this app find their host.
 *
 * Each connection first tries to own the data directory, and else pipes to the process that does:
 *
 *   away ──own──▶ owner            for the rest of the app's life
 *   away ──owned by another──▶ client of that process, per connection
 *
 * When that process ends, its connections are told closed; the windows connect anew, and the first
 * of them makes this app the owner, so that what was left undone goes on.
 */
export class AppHost implements HostAccess {
  readonly #options: AppHostOptions
  #own: OwnHost | null = null
  #starting: Promise<OwnHost | null> | null = null
  #stopping: Promise<void> | null = null

  constructor(options: AppHostOptions) {
    this.#options = options
  }

  /** Starts before the first window asks. @returns whether this app is the owner */
  async start(): Promise<boolean> {
    return (await this.#owned()) !== null
  }

  open(peer: HostPeer): HostLink {
    const early: string[] = []
    let link: HostLink | null = null
    let left = false
    const fail = (reason: string) => {
      if (left) return
      left = true
      peer.closed(reason)
    }
    this.#connect({ send: (text) => peer.send(text), closed: fail })
      .then((connected) => {
        if (left) {
          connected.close()
          return
        }
        link = connected
        for (const text of early.splice(0)) connected.receive(text)
      })
      .catch((error: unknown) => {
        this.#options.logger.error({ error }, 'no host for a window')
        fail(messageOf(error))
      })
    return {
      receive: (text) => {
        if (link === null) early.push(text)
        else link.receive(text)
      },
      close: () => {
        left = true
        link?.close()
      },
    }
  }

  /** Ends the core of this process, if there is one; open connections are told closed. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #connect(peer: HostPeer): Promise<HostLink> {
    const own = await this.#owned()
    if (own !== null) return openLocalLink(own.dispatcher, peer)
    const owner = await this.#options.findOwner()
    if (owner !== null) return openRemoteLink(owner, peer)
    throw new Error('another program owns the data directory and cannot be reached yet')
  }

  /** One attempt at a time; only success is kept. */
  async #owned(): Promise<OwnHost | null> {
    if (this.#stopping !== null) throw new Error('the app is about to quit')
    if (this.#own !== null) return this.#own
    this.#starting ??= this.#options.startOwn()
    try {
      this.#own = await this.#starting
      return this.#own
    } finally {
      this.#starting = null
    }
  }

  async #stop(): Promise<void> {
    const own = this.#own ?? (await this.#started())
    this.#own = null
    await own?.stop()
  }

  async #started(): Promise<OwnHost | null> {
    try {
      return await this.#starting
    } catch {
      // Whoever asked for it was told why.
      return null
    }
  }
}

function openLocalLink(dispatcher: Dispatcher, peer: HostPeer): HostLink {
  const connection = dispatcher.open(
    {
      send: (text) => peer.send(text),
      close: (reason) => {
        connection.close()
        peer.closed(reason)
      },
    },
    { transport: 'electron' },
  )
  return connection
}
