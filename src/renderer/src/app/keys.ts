const MAC = /Mac|iPhone|iPad/.test(navigator.platform)

/** A browser keeps these for itself in a tab: the page never hears them. */
const KEPT_BY_BROWSER = /^Mod\+(?:Shift\+)?[NTW]$|^Mod\+[1-9]$/

/** Reload, address, help, tools, zoom, back: a page mostly hears them first, but not in every browser and state. */
const USED_BY_BROWSER =
  /^(?:Mod\+)?(?:Shift\+)?F(?:[13567]|1[0-2])$|^Mod\+(?:[DGLOPRSU0+=-]|Shift\+[CIJR]|Shift\+Delete)$|^Alt\+(?:D|Home|Arrow(?:Left|Right))$/

/** Whether this window can hear a stroke at all. */
export function canHear(stroke: string): boolean {
  return !(isInTab() && KEPT_BY_BROWSER.test(stroke))
}

/** Whether the program around this window does something else at a stroke. */
export function isUsedByBrowser(stroke: string): boolean {
  return isInTab() && USED_BY_BROWSER.test(stroke)
}

function isInTab(): boolean {
  return window.smartAgents === undefined
}

export interface PressedKey {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
  getModifierState(modifier: string): boolean
}

/**
 * What was pressed, as `Mod+Shift+K`, `?` or `Escape`; Mod is Cmd on a Mac and Ctrl elsewhere. Null for what writes (AltGr,
 * an input method) and for a modifier alone.
 */
export function strokeOf(event: PressedKey, mac = MAC): string | null {
  if (event.isComposing || event.getModifierState('AltGraph')) return null
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Process', 'Unidentified'].includes(event.key))
    return null
  const mod = mac ? event.metaKey : event.ctrlKey
  const key = keyOf(event, mod || event.altKey)
  // A sign tells by itself whether Shift was needed for it, which differs between keyboards.
  const shifted = event.shiftKey && /^(?:[A-Z0-9]|.{2,})$/.test(key)
  const parts = [mod && 'Mod', event.altKey && 'Alt', shifted && 'Shift', key]
  return parts.filter((part) => part !== false).join('+')
}

function keyOf({ key, code }: PressedKey, modified: boolean): string {
  if (key === ' ') return 'Space'
  if (key.length > 1) return key
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase()
  // With Alt, with Shift, and on a keyboard of another script the place of the key is what was meant.
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
  return modified && place !== undefined ? place : key
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}
const ON_MAC: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }

/** How a stroke is written on this machine: `Ctrl+Shift+K`, `⌘⇧K`. */
export function strokeLabel(stroke: string, mac = MAC): string {
  const parts = stroke.split(/\+(?!$)/).map((part) => {
    if (mac) return ON_MAC[part] ?? NAMES[part] ?? part
    return part === 'Mod' ? 'Ctrl' : (NAMES[part] ?? part)
  })
  return parts.join(mac ? '' : '+')
}
