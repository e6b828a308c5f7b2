const MAC = /Mac|iPhone|iPad/.test(navigator.platform)

/** In a browser tab Ctrl+N and Ctrl+1…3 belong to the browser; there Alt does the same. */
const IN_TAB = window.smartAgents === undefined

/** How a shortcut is written on this machine. */
export function keys(letter: string): string {
  if (IN_TAB && /^[N123]$/.test(letter)) return MAC ? `⌥${letter}` : `Alt+${letter}`
  return MAC ? `⌘${letter}` : `Ctrl+${letter}`
}

/** The letter of a shortcut that was pressed with Ctrl, Cmd or Alt; null for anything else. */
export function shortcutOf(event: KeyboardEvent): string | null {
  const command = MAC ? event.metaKey : event.ctrlKey
  if (event.shiftKey || !(command || event.altKey)) return null
  // With Alt the key may be another character; its place on the keyboard is what was meant.
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]
  return event.altKey && place ? place : event.key.toUpperCase()
}
