import type { StandInWindow } from '../electron-stand-in/browser-window.js'
import type { StandInMenuItem } from '../electron-stand-in/menu.js'
import type { StandInNotification } from '../electron-stand-in/notification.js'
import type { StandInTray } from '../electron-stand-in/tray.js'
import type { ElectronApp, ElectronModule } from './electron-app.js'

/** What only the stand-in tells: on a real desktop a person sees it. */
type Seen = ElectronModule & {
  readonly standIn: {
    readonly trays: ReadonlySet<StandInTray>
    readonly notifications: readonly StandInNotification[]
    readonly isKeptAwake: () => boolean
  }
}

/** What a person sees of the app outside of its window. */
export interface DesktopSight {
  /** Name of the file. */
  readonly icon: string
  readonly toolTip: string
  readonly menu: readonly string[]
  readonly menusBuilt: number
  /** Titles, also of those that are gone. */
  readonly notifications: readonly string[]
  /** Titles of those that are in the notification centre. */
  readonly notices: readonly string[]
  readonly isKeptAwake: boolean
  readonly badge: number
  readonly taskbar: StandInWindow['taskbar'] | null
  readonly isVisible: boolean
}

export function look(app: ElectronApp): Promise<DesktopSight> {
  return app.evaluate((electron) => {
    const { standIn, BrowserWindow } = electron as Seen
    const [tray] = standIn.trays
    const [window] = BrowserWindow.getAllWindows() as unknown as StandInWindow[]
    return {
      icon: tray?.image.file.split(/[\\/]/).at(-1) ?? '',
      toolTip: tray?.toolTip ?? '',
      menu: tray?.menu?.items.map((item) => item.label) ?? [],
      menusBuilt: tray?.menusBuilt ?? 0,
      notifications: standIn.notifications.map(({ options }) => options.title ?? ''),
      notices: standIn.notifications.flatMap((one) =>
        one.isShown && one.options.title !== undefined ? [one.options.title] : [],
      ),
      isKeptAwake: standIn.isKeptAwake(),
      badge: electron.app.getBadgeCount(),
      taskbar: window?.taskbar ?? null,
      isVisible: window?.isVisible() ?? false,
    }
  }, undefined)
}

/** Chooses the item of the tray's menu whose label contains `label`. */
export function chooseInTray(app: ElectronApp, label: string): Promise<void> {
  return app.evaluate((electron, wanted) => {
    const [tray] = (electron as Seen).standIn.trays
    const items: readonly StandInMenuItem[] = tray?.menu?.items ?? []
    const item = items.find((one) => one.label.includes(wanted))
    if (item === undefined) throw new Error(`the tray has no item '${wanted}'`)
    item.click()
  }, label)
}

/** Clicks on the notification that was shown last. */
export function clickNotification(app: ElectronApp): Promise<void> {
  return app.evaluate((electron) => {
    const shown = (electron as Seen).standIn.notifications.filter(({ isShown }) => isShown)
    shown.at(-1)?.emit('click', {})
  }, undefined)
}

/** Presses a button of the notification that was shown last. */
export function pressInNotification(app: ElectronApp, actionIndex: number): Promise<void> {
  return app.evaluate((electron, index) => {
    const shown = (electron as Seen).standIn.notifications.filter(({ isShown }) => isShown)
    shown.at(-1)?.emit('action', { actionIndex: index, selectionIndex: -1 })
  }, actionIndex)
}

/** Chooses an item of the application menu. */
export function chooseInMenu(app: ElectronApp, label: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const menus = Menu.getApplicationMenu()?.items ?? []
    const items = menus.flatMap((menu) => menu.submenu?.items ?? [])
    const item = items.find((one) => one.label === wanted)
    if (item === undefined) throw new Error(`the menu has no item '${wanted}'`)
    item.click()
  }, label)
}

/** Turns to another window, as far as the app can tell. */
export function lookAway(app: ElectronApp): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur(), undefined)
}
