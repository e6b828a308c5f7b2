import type { CommandId } from '../../../../shared/model/command-id.js'
import type { Preferences } from '../../../../shared/model/preferences.js'
import { canHear, isUsedByBrowser } from '../keys.js'
import { ALL_COMMANDS } from './all-commands.js'
import { strokesOf } from './bindings.js'
import type { Command } from './command.js'

type Shortcuts = Preferences['shortcuts']

/** Most desktops act upon these before any program hears them. */
const KEPT_BY_SYSTEM =
  /^(?:Alt\+(?:Tab|F4|Space|Escape)|Mod\+(?:Q|H|M|Space|Tab|Alt\+Delete)|Mod\+Alt\+(?:Delete|L|T)|F1[12])$/
/** Without them nobody could choose, move and write. */
const NEEDED =
  /^(?:Shift\+)?(?:Enter|Space|Tab|Escape|Arrow\w+|Home|End|PageUp|PageDown|Backspace|Delete)$/

export type KeyTrouble = 'keptByBrowser' | 'usedByBrowser' | 'keptBySystem' | 'plain'

/** Whether a stroke could be anybody's shortcut. */
export function isFree(stroke: string): boolean {
  return !NEEDED.test(stroke)
}

/** What keeps a stroke from acting everywhere; null where nothing does. */
export function troubleOf(stroke: string): KeyTrouble | null {
  if (!canHear(stroke)) return 'keptByBrowser'
  if (isUsedByBrowser(stroke)) return 'usedByBrowser'
  if (KEPT_BY_SYSTEM.test(stroke)) return 'keptBySystem'
  return /^(?:Mod|Alt)\+/.test(stroke) || /^F\d+$/.test(stroke) ? null : 'plain'
}

/** The other command that has a stroke. */
export function otherWith(
  stroke: string,
  id: CommandId,
  shortcuts: Shortcuts,
): Command | undefined {
  return ALL_COMMANDS.find(
    (command) => command.id !== id && strokesOf(command, shortcuts).includes(stroke),
  )
}

/** Gives a stroke to a command, and takes it from the one that had it. */
export function rebound(shortcuts: Shortcuts, id: CommandId, stroke: string | null): Shortcuts {
  const other = stroke === null ? undefined : otherWith(stroke, id, shortcuts)
  if (other === undefined) return { ...shortcuts, [id]: stroke }
  const left = strokesOf(other, shortcuts).find((kept) => kept !== stroke) ?? null
  return { ...shortcuts, [other.id]: left, [id]: stroke }
}

/** The usual keys of one command again. */
export function unbound(shortcuts: Shortcuts, id: CommandId): Shortcuts {
  const { [id]: _, ...rest } = shortcuts
  return rest
}
