import type { Preferences } from '../../../../shared/model/preferences.js'
import type { Catalog } from '../../../../shared/text/catalog.js'
import { type Language, languageFor } from '../../../../shared/text/language.js'
import { de } from './de.js'
import { en } from './en.js'
import { zhHant } from './zh-hant.js'

export type NotifyText = Catalog<typeof en>

const CATALOGS: Readonly<Record<Language, NotifyText>> = { en, de, 'zh-hant': zhHant }

/** @param hostTags the languages that the machine is set to, the most wanted first */
export function notifyText(
  chosen: Preferences['language'],
  hostTags: readonly string[],
): NotifyText {
  return CATALOGS[chosen === 'system' ? languageFor(hostTags) : chosen]
}
