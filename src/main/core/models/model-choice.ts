import type { Clock, Logger } from '../ports.js'
import type { SettingsService } from '../settings/settings-service.js'
import { type ModelClient, ModelError } from './model-client.js'
import { createOfflineModel } from './offline/offline-model.js'

/** The client that the settings name, made anew only when they change. */
export function modelChoice(options: {
  readonly settings: SettingsService
  readonly clock: Clock
  readonly logger: Logger
}): () => Promise<ModelClient> {
  const { settings, clock, logger } = options
  const offline = createOfflineModel({ clock })
  let current: { readonly key: string; readonly client: ModelClient } | null = null
  return async () => {
    const { provider, baseUrl, model } = settings.view().model
    if (provider === 'offline') return offline
    const apiKey = settings.apiKey()
    if (apiKey === null && baseUrl === null) {
      throw new ModelError(
        'there is no API key: set one under Settings → Model or as ANTHROPIC_API_KEY, or choose the offline model',
        { errorClass: 'permanent', about: 'apiKey' },
      )
    }
    const key = JSON.stringify([apiKey, baseUrl, model])
    if (current?.key === key) return current.client
    // Loaded when it is first needed: a host without a key starts faster.
    const { createAnthropicModel } = await import('./anthropic-model.js')
    const client = createAnthropicModel({ apiKey, baseUrl, model, logger })
    current = { key, client }
    return client
  }
}
