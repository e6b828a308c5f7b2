import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../../core/ports.js'
import type { TrayAction, TrayItem, TrayView } from './tray-view.js'

export interface AppTrayOptions {
  readonly logger: Logger
  /** Absolute path of the file of an icon. */
  readonly image: (icon: TrayView['icon']) => string
  readonly act: (action: TrayAction) => void
}

/**
 * The icon beside the clock, where there is a place for one. Without it everything can be reached through the window
 * and its menu.
 */
export class AppTray {
  readonly #options: AppTrayOptions
  #tray: Tray | null = null
  #hasFailed = false
  #image = ''
  #toolTip = ''
  #items = ''

  constructor(options: AppTrayOptions) {
    this.#options = options
  }

  /** Touches only what is different from before. */
  show(view: TrayView): void {
    const tray = this.#opened(view)
    if (tray === null) return
    const image = this.#options.image(view.icon)
    if (image !== this.#image) tray.setImage(nativeImage.createFromPath(image))
    this.#image = image
    if (view.toolTip !== this.#toolTip) tray.setToolTip(view.toolTip)
    this.#toolTip = view.toolTip
    const items = JSON.stringify(view.items)
    if (items === this.#items) return
    this.#items = items
    tray.setContextMenu(Menu.buildFromTemplate(view.items.map((item) => this.#menuItem(item))))
  }

  close(): void {
    this.#tray?.destroy()
    this.#tray = null
  }

  #opened(view: TrayView): Tray | null {
    if (this.#tray !== null || this.#hasFailed) return this.#tray
    const { logger, image, act } = this.#options
    try {
      this.#image = image(view.icon)
      const tray = new Tray(nativeImage.createFromPath(this.#image))
      tray.on('click', () => {
        // Where a click opens the menu, the system does that by itself.
        if (process.platform !== 'darwin') act({ do: 'show-window' })
      })
      this.#tray = tray
    } catch (error) {
      this.#hasFailed = true
      logger.warn({ reason: messageOf(error) }, 'this desktop shows no tray')
    }
    return this.#tray
  }

  #menuItem(item: TrayItem): MenuItemConstructorOptions {
    if (item.kind === 'separator') return { type: 'separator' }
    if (item.kind === 'title') return { label: item.label, enabled: false }
    return { label: item.label, click: () => this.#options.act(item.action) }
  }
}
