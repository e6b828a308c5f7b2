import type { ModelProvider } from '../../../shared/model/settings.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { ErrorCode } from '../../../shared/rpc/errors.js'
import type { Clock, Logger } from '../ports.js'
import { DEFAULT_MODEL, type SettingsService } from '../settings/settings-service.js'
import { ModelError } from './model-client.js'
import { createOfflineModel } from './offline/offline-model.js'

type Tested = ResultOf<'settings.testModel'>

/** What is tried in place of what is set; undefined: as it is set. */
export interface TriedModel {
  readonly provider?: ModelProvider | undefined
  readonly model?: string | null | undefined
  readonly baseUrl?: string | null | undefined
  readonly apiKey?: string | null | undefined
}

/** A person looks at a button meanwhile. */
const PATIENCE_MS = 20_000
/** Enough for a word, and for servers that refuse less. */
const MOST_TOKENS = 16

interface TestServices {
  readonly settings: SettingsService
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * Asks a model for one word, past the gate: nobody else may make a person wait who only tries a key. The key is handed to the
 * client and kept nowhere.
 */
export async function testModel(
  { settings, clock, logger }: TestServices,
  tried: TriedModel,
  signal: AbortSignal,
): Promise<Tested> {
  const set = settings.view().model
  // Whoever names a server or a key means one that is asked over the network.
  const namesServer = tried.baseUrl != null || tried.apiKey != null
  const provider = tried.provider ?? (namesServer ? 'anthropic' : set.provider)
  const startedAt = clock.now()
  const tooLate = new AbortController()
  const timer = clock.schedule(PATIENCE_MS, () => tooLate.abort())
  try {
    const client =
      provider === 'offline'
        ? createOfflineModel({ clock })
        : await clientFor(tried, { settings, logger })
    const turn = await client.turn({
      system: 'Answer with one word.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Say ok.' }] }],
      tools: [],
      maxTokens: MOST_TOKENS,
      signal: AbortSignal.any([signal, tooLate.signal]),
    })
    return { ok: true, model: turn.model, durationMs: clock.now() - startedAt }
  } catch (error) {
    if (!(error instanceof ModelError) || signal.aborted) throw error
    return { ok: false, problem: problemOf(error, tooLate.signal.aborted) }
  } finally {
    timer.cancel()
  }
}

async function clientFor(
  tried: TriedModel,
  { settings, logger }: Pick<TestServices, 'settings' | 'logger'>,
) {
  const set = settings.view().model
  const apiKey = tried.apiKey === undefined ? settings.apiKey() : tried.apiKey
  const baseUrl = tried.baseUrl === undefined ? set.baseUrl : tried.baseUrl
  const model = tried.model === undefined ? settings.modelName : (tried.model ?? DEFAULT_MODEL)
  if (apiKey === null && baseUrl === null) {
    throw new ModelError('There is no API key: enter one, or the base URL of a local server.', {
      errorClass: 'permanent',
      about: 'apiKey',
    })
  }
  const { createAnthropicModel } = await import('./anthropic-model.js')
  return createAnthropicModel({ apiKey, baseUrl, model, logger })
}

export function problemOf(
  error: ModelError,
  isTooLate: boolean,
): Extract<Tested, { ok: false }>['problem'] {
  if (isTooLate) {
    const message = `There was no answer within ${PATIENCE_MS / 1000} s. The server may be busy or loading a model: try again, or check the base URL.`
    return { code: 'timeout', message, field: 'baseUrl' }
  }
  return { code: codeOf(error), message: error.message, field: error.about }
}

function codeOf({ about, status, errorClass }: ModelError): ErrorCode {
  if (errorClass === 'quota') return 'limit_exceeded'
  if (status === 403) return 'forbidden'
  if (about === 'apiKey') return 'unauthorized'
  if (about === 'model') return 'not_found'
  if (about === 'baseUrl' && errorClass === 'permanent') return 'invalid_params'
  return 'provider_error'
}
