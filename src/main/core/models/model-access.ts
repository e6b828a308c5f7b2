import type { Clock, Ids, Logger } from '../ports.js'
import { type ModelClient, ModelError, type ModelRequest, type ModelTurn } from './model-client.js'
import type { ModelHealth } from './model-health.js'
import type { ProviderGate, Lane as ProviderLane } from './provider-gate.js'
import { retryTransient } from './retry.js'

/** Tries of one turn before a passing failure of the provider counts as a failure. */
const ATTEMPTS: Readonly<Record<ProviderLane, number>> = { chat: 3, background: 5 }

export interface AccessOptions {
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly gate: ProviderGate
  /** The client that the settings name at this moment. */
  readonly client: () => Promise<ModelClient>
  /** Hears how every turn went, once it is tried no more. */
  readonly health?: ModelHealth
}

export interface TurnHooks {
  readonly onText: (delta: string) => void
  /** The turn begins again: what `onText` has given is void. */
  readonly onRestart?: (reason: string, delayMs: number) => void
}

/** One way to the provider for chat and agents alike: through the gate, with patience. */
export class ModelAccess {
  readonly #options: AccessOptions

  constructor(options: AccessOptions) {
    this.#options = options
  }

  /** @throws ModelError */
  async turn(
    lane: ProviderLane,
    request: Omit<ModelRequest, 'onText'>,
    hooks: TurnHooks,
  ): Promise<ModelTurn> {
    const { health } = this.#options
    try {
      const turn = await this.#patientTurn(lane, request, hooks)
      health?.well()
      return turn
    } catch (error) {
      if (error instanceof ModelError) health?.failed(error)
      throw error
    }
  }

  #patientTurn(
    lane: ProviderLane,
    request: Omit<ModelRequest, 'onText'>,
    hooks: TurnHooks,
  ): Promise<ModelTurn> {
    const { clock, ids, gate, client, logger } = this.#options
    const { signal } = request
    return retryTransient(
      () =>
        gate.run({ lane, signal }, async () => {
          const model = await client()
          return model.turn({ ...request, onText: hooks.onText })
        }),
      {
        clock,
        ids,
        signal,
        attempts: ATTEMPTS[lane],
        onRetry: (error, delayMs) => {
          logger.warn({ lane, delayMs, reason: error.message }, 'a model turn is tried again')
          hooks.onRestart?.(error.message, delayMs)
        },
      },
    )
  }
}
