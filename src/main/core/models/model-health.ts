import type { ModelTrouble } from '../../../shared/model/inbox.js'
import type { ModelError } from './model-client.js'

type Reason = ModelTrouble['reason']

const REMEDIES: Readonly<Record<Reason, string>> = {
  key: 'Give a valid key in the settings; what waits goes on with the next try.',
  billing: 'Add credit to the account of the provider, or choose another model in the settings.',
  quota:
    'Nothing needs to be done: background agents go on by themselves at the reset. The chat may try before.',
  request: 'Choose a model that the provider knows in the settings, or a shorter request.',
  unreachable: 'Check the network and the base URL in the settings.',
}

/**
 * Whether the model answers, as the last turn of anybody has shown. It is not stored: after a restart nobody knows
 * before the next turn.
 */
export class ModelHealth {
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  readonly #identity: () => string
  #trouble: ModelTrouble | null = null
  /** Of the model that the trouble is with. */
  #troubled = ''

  /** `identity`: another text whenever a model is asked in another way. */
  constructor(now: () => number, identity: () => string) {
    this.#now = now
    this.#identity = identity
  }

  /** Returns the end. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Null while it answers, or nobody has asked. */
  get trouble(): ModelTrouble | null {
    const { until } = this.#trouble ?? {}
    // A limit that was reset is no trouble any more, whether somebody has tried again or not.
    if (until !== undefined && until <= this.#now()) this.#trouble = null
    return this.#trouble
  }

  /** Another model, key or address: what was wrong with the one before says nothing any more. */
  settingsChanged(): void {
    if (this.#identity() !== this.#troubled) this.well()
  }

  /** A turn was answered, or what is asked and how has changed. */
  well(): void {
    if (this.#trouble === null) return
    this.#trouble = null
    this.#changed()
  }

  /** A turn has failed for good. */
  failed(error: ModelError): void {
    const reason = reasonOf(error)
    if (reason === null) return
    const { message, retryAfterMs } = error
    this.#troubled = this.#identity()
    const since = this.trouble?.since ?? this.#now()
    const until =
      reason === 'quota' && retryAfterMs !== null ? this.#now() + retryAfterMs : undefined
    this.#trouble = {
      ...{ reason, message, remedy: REMEDIES[reason], since },
      ...(until === undefined ? {} : { until }),
    }
    this.#changed()
  }

  /** The person has seen it; it comes back with the next failure. */
  dismiss(): void {
    this.well()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

function reasonOf({ errorClass, status, about }: ModelError): Reason | null {
  switch (errorClass) {
    case 'aborted':
      return null
    case 'quota':
      return 'quota'
    case 'transient':
      return 'unreachable'
    case 'permanent':
      if (status === 402) return 'billing'
      if (about === 'apiKey' || status === 401) return 'key'
      // Whoever is there is not the provider.
      return about === 'baseUrl' ? 'unreachable' : 'request'
  }
}
