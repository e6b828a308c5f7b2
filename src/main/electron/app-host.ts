import { AppError, messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { Host, StartedHost } from '../server/host.js'
import type { HostAccess, HostLink, HostPeer } from './host-access.js'
import { openLocalLink } from './local-link.js'
import { openRemoteLink } from './remote-link.js'

export interface AppHostOptions {
  readonly logger: Logger
  /**
   * Becomes the owner of the data directory, or says who is.
   *
   * @throws when the directory or its database cannot be used
   */
  readonly startHost: () => Promise<StartedHost>
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
  #own: Host | null = null
  #starting: Promise<StartedHost> | null = null
  #stopping: Promise<void> | null = null

  constructor(options: AppHostOptions) {
    this.#options = options
  }

  /** Starts before the first window asks. @returns whether this app is the owner */
  async start(): Promise<boolean> {
    return (await this.#started()).kind === 'owner'
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
    const started = await this.#started()
    if (started.kind === 'owner') return openLocalLink(started.host.dispatcher, peer)
    if (started.by !== null) return openRemoteLink(started.by, peer)
    throw new AppError('invalid_state', 'another program owns the data directory and is starting')
  }

  /** One attempt at a time; only becoming the owner is for good. */
  async #started(): Promise<StartedHost> {
    if (this.#stopping !== null) throw new AppError('cancelled', 'the app is about to quit')
    if (this.#own !== null) return { kind: 'owner', host: this.#own }
    this.#starting ??= this.#options.startHost()
    try {
      const started = await this.#starting
      if (started.kind === 'owner') this.#own = started.host
      return started
    } finally {
      this.#starting = null
    }
  }

  async #stop(): Promise<void> {
    try {
      const started = await this.#starting
      if (started?.kind === 'owner') this.#own = started.host
    } catch (error) {
      this.#options.logger.debug({ reason: messageOf(error) }, 'nothing to stop')
    }
    await this.#own?.stop()
  }
}
