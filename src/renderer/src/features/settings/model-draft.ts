import type { ModelProvider } from '../../../../shared/model/settings.js'
import type { ParamsOf } from '../../../../shared/rpc/contract.js'

export const MODEL_FIELDS = ['apiKey', 'baseUrl', 'model'] as const
export type ModelField = (typeof MODEL_FIELDS)[number]

/** What somebody has typed; a field that nobody touched is left out. */
export type ModelDraft = Partial<Record<ModelField, string>>

/** The same for saving and for trying. An empty key is the one that is kept; other empty fields mean the usual. */
export function changesOf(
  draft: ModelDraft,
  provider: ModelProvider,
): ParamsOf<'settings.testModel'> {
  if (provider === 'offline') return { provider }
  const key = draft.apiKey?.trim()
  return {
    provider,
    ...(key ? { apiKey: key } : {}),
    ...(draft.baseUrl === undefined ? {} : { baseUrl: draft.baseUrl.trim() || null }),
    ...(draft.model === undefined ? {} : { model: draft.model.trim() || null }),
  }
}
