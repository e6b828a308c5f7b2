import type { MenuItemConstructorOptions } from 'electron'
import { type CommandId, USUAL_KEYS } from '../../../shared/model/command-id.js'
import type { Preferences } from '../../../shared/model/preferences.js'
import { APP_NAME } from '../app-name.js'
import type { DesktopText } from '../text/desktop-text.js'

export type MenuAction =
  /** Done by the page, as from its palette. */
  | { readonly do: 'command'; readonly command: CommandId }
  | { readonly do: 'pause' | 'resume' | 'quit' | 'zoom-in' | 'zoom-out' | 'actual-size' }

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly text: DesktopText
  readonly isPaused: boolean
  readonly shortcuts: Preferences['shortcuts']
  readonly act: (action: MenuAction) => void
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The application menu, as plain data. */
export function menuTemplate(options: MenuOptions): Item[] {
  const { menu } = options.text
  const isMac = options.platform === 'darwin'
  return [
    ...(isMac ? [appMenu(options)] : []),
    fileMenu(options, isMac),
    editMenu(options),
    viewMenu(options),
    taskMenu(options),
    {
      label: menu.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: menu.minimize },
        { role: 'close', label: menu.closeWindow },
        ...(isMac
          ? ([
              { role: 'zoom', label: menu.zoomWindow },
              separator,
              { role: 'front', label: menu.front },
            ] satisfies Item[])
          : []),
      ],
    },
    {
      label: menu.help,
      role: 'help',
      submenu: [
        pageItem(menu.shortcuts, 'app.shortcuts', options),
        ...(isMac ? [] : ([separator, { role: 'about', label: menu.about }] satisfies Item[])),
      ],
    },
  ]
}

function appMenu(options: MenuOptions): Item {
  const { menu } = options.text
  return {
    label: APP_NAME,
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      pageItem(menu.settings, 'app.settings', options),
      separator,
      { role: 'services', label: menu.services },
      separator,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.unhide },
      separator,
      quitItem(options),
    ],
  }
}

function fileMenu(options: MenuOptions, isMac: boolean): Item {
  const { menu } = options.text
  const newChat = pageItem(menu.newChat, 'chat.new', options)
  const settings = pageItem(menu.settings, 'app.settings', options)
  return {
    label: menu.file,
    submenu: isMac ? [newChat] : [newChat, separator, settings, separator, quitItem(options)],
  }
}

function editMenu(options: MenuOptions): Item {
  const { menu } = options.text
  return {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      separator,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'pasteAndMatchStyle', label: menu.pasteAndMatchStyle },
      separator,
      { role: 'selectAll', label: menu.selectAll },
      separator,
      pageItem(menu.find, 'chat.find', options),
    ],
  }
}

function viewMenu(options: MenuOptions): Item {
  const { menu } = options.text
  const { isPackaged, act } = options
  return {
    label: menu.view,
    submenu: [
      pageItem(menu.palette, 'app.palette', options),
      separator,
      pageItem(menu.chat, 'area.chat', options),
      pageItem(menu.allTasks, 'area.tasks', options),
      pageItem(menu.history, 'area.history', options),
      pageItem(menu.dashboard, 'area.dashboard', options),
      pageItem(menu.inbox, 'area.inbox', options),
      separator,
      pageItem(menu.conversations, 'view.conversations', options),
      pageItem(menu.taskMonitor, 'view.tasks', options),
      separator,
      ownItem(menu.actualSize, 'CommandOrControl+0', () => act({ do: 'actual-size' })),
      ownItem(menu.zoomIn, 'CommandOrControl+Plus', () => act({ do: 'zoom-in' })),
      // The same key without Shift, where plus needs it.
      {
        ...ownItem(menu.zoomIn, 'CommandOrControl+=', () => act({ do: 'zoom-in' })),
        visible: false,
        acceleratorWorksWhenHidden: true,
      },
      ownItem(menu.zoomOut, 'CommandOrControl+-', () => act({ do: 'zoom-out' })),
      separator,
      { role: 'togglefullscreen', label: menu.fullScreen },
      // In a packed app a reload has no use and costs what is being typed.
      ...(isPackaged
        ? []
        : ([
            separator,
            { role: 'reload', label: menu.reload },
            { role: 'toggleDevTools', label: menu.developerTools },
          ] satisfies Item[])),
    ],
  }
}

function taskMenu(options: MenuOptions): Item {
  const { menu } = options.text
  const { isPaused, act } = options
  return {
    label: menu.task,
    submenu: [
      isPaused
        ? { label: menu.resume, click: () => act({ do: 'resume' }) }
        : { label: menu.pause, click: () => act({ do: 'pause' }) },
      separator,
      pageItem(menu.stopReply, 'chat.stop', options),
    ],
  }
}

function quitItem({ text: { menu }, act }: MenuOptions): Item {
  return ownItem(menu.quit, 'CommandOrControl+Q', () => act({ do: 'quit' }))
}

function ownItem(label: string, accelerator: string, click: () => void): Item {
  return { label, accelerator, click }
}

function pageItem(label: string, command: CommandId, options: MenuOptions): Item {
  const accelerator = acceleratorOf(command, options.shortcuts)
  return {
    label,
    ...(accelerator === null ? {} : { accelerator }),
    // Where the system allows it the page hears the key itself, also while a dialog keeps it.
    registerAccelerator: false,
    click: () => options.act({ do: 'command', command }),
  }
}

/**
 * The keys of a command in Electron's words, to be seen: the page listens for them. Null where it has none, or only some
 * that also write, which a Mac would take from the page.
 */
function acceleratorOf(command: CommandId, shortcuts: Preferences['shortcuts']): string | null {
  const chosen = shortcuts[command]
  const stroke = chosen === undefined ? USUAL_KEYS[command][0] : chosen
  if (stroke === null || !/^(?:(?:Mod|Alt)\+|(?:Shift\+)?F\d+$)/.test(stroke)) return null
  return stroke.replace(/^Mod\b/, 'CommandOrControl')
}
