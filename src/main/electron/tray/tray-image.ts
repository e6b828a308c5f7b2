import path from 'node:path'
import type { TrayIcon } from './tray-view.js'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  /** Whether menus, panels and the taskbar of the system are dark. */
  readonly isDark: boolean
  /** `XDG_CURRENT_DESKTOP`. */
  readonly desktop: string
}

/** The file of an icon: a Mac colours a template by itself, elsewhere it has to stand out from its panel. */
export function trayImage(directory: string, icon: TrayIcon, surroundings: Surroundings): string {
  return path.join(directory, `${icon}${variant(surroundings)}.png`)
}

function variant({ platform, isDark, desktop }: Surroundings): 'Template' | '-light' | '-dark' {
  if (platform === 'darwin') return 'Template'
  // The panel of GNOME is dark, whatever the windows are.
  const onDark = isDark || (platform === 'linux' && /\bgnome\b/i.test(desktop))
  return onDark ? '-dark' : '-light'
}
