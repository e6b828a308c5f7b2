import type { MenuItemConstructorOptions, WebContents } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'

export interface MenuOptions {
  readonly appName: string
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly logger: Logger
  /** The page of the window in front; opens a window where there is none. */
  readonly page: () => Promise<WebContents>
}

/** The keys that the page listens for; the menu only makes them visible and clickable. */
const pageKeys = {
  newChat: 'N',
  settings: ',',
  conversations: 'B',
  tasks: 'J',
} as const

/** The application menu, as plain data. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { appName, platform, isPackaged } = options
  const isMac = platform === 'darwin'
  const settings = pageItem('Settings…', pageKeys.settings, options)
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const appMenu: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  const newChat = pageItem('New Chat', pageKeys.newChat, options)
  const fileMenu: MenuItemConstructorOptions = {
    label: '&File',
    submenu: isMac
      ? [newChat, separator, { role: 'close' }]
      : [newChat, separator, settings, separator, { role: 'quit' }],
  }
  return [
    ...(isMac ? [appMenu] : []),
    fileMenu,
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        pageItem('Conversations', pageKeys.conversations, options),
        pageItem('Tasks', pageKeys.tasks, options),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        // In a packed app a reload has no use and costs what is being typed.
        ...(isPackaged
          ? []
          : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: isMac ? [] : [{ role: 'about' }] },
  ]
}

function pageItem(label: string, key: string, options: MenuOptions): MenuItemConstructorOptions {
  const press = async () => {
    const page = await options.page()
    const modifiers: Array<'meta' | 'control'> = [
      options.platform === 'darwin' ? 'meta' : 'control',
    ]
    page.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers })
    page.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers })
  }
  return {
    label,
    accelerator: `CommandOrControl+${key}`,
    // Where the system allows it the page hears the key itself, also while a dialog keeps it.
    registerAccelerator: false,
    click: () => {
      press().catch((error: unknown) => {
        options.logger.warn({ item: label, reason: messageOf(error) }, 'a menu item did nothing')
      })
    },
  }
}
