import {
  DEFAULT_PREFERENCES,
  type Preferences,
  readPreferences,
} from '../../../shared/model/preferences.js'
import { useSettings } from '../stores/settings.js'
import { remember, remembered } from '../stores/storage.js'
import { setTheme } from '../stores/view.js'

type Looks = Pick<Preferences, 'theme' | 'textSize' | 'motion' | 'contrast'>

const NAME = 'looks'

/**
 * Shows the window as the person likes it. The choice is kept by the host; this window remembers it, so that a start has the
 * right colours before the host has answered.
 */
export function startAppearing(): void {
  show(rememberedLooks())
  useSettings.subscribe(({ settings }, before) => {
    const looks = settings?.preferences
    if (looks === undefined || looks === before.settings?.preferences) return
    const { theme, textSize, motion, contrast } = looks
    remember(NAME, JSON.stringify({ theme, textSize, motion, contrast }))
    show(looks)
  })
}

function show({ theme, textSize, motion, contrast }: Looks): void {
  setTheme(theme)
  const { dataset, style } = document.documentElement
  for (const [name, value] of Object.entries({ theme, motion, contrast })) {
    if (value === 'system') delete dataset[name]
    else dataset[name] = value
  }
  // Of everything that is sized by text, which is all but hairlines.
  style.fontSize = textSize === DEFAULT_PREFERENCES.textSize ? '' : `${textSize}%`
}

function rememberedLooks(): Looks {
  const text = remembered(NAME)
  if (text === null) return DEFAULT_PREFERENCES
  try {
    return readPreferences(JSON.parse(text))
  } catch {
    // Whoever wrote it was not us.
    return DEFAULT_PREFERENCES
  }
}
