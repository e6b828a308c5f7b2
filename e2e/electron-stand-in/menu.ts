import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'

type Template = readonly MenuItemConstructorOptions[]

/** An item as a test looks for it and clicks on it; roles are the system's and do nothing here. */
export class StandInMenuItem {
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly enabled: boolean
  readonly accelerator: string | undefined
  readonly submenu: StandInMenu | undefined
  readonly #options: MenuItemConstructorOptions

  constructor(options: MenuItemConstructorOptions) {
    this.#options = options
    this.label = options.label ?? options.role ?? ''
    this.role = options.role
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.accelerator = options.accelerator ?? undefined
    this.submenu = Array.isArray(options.submenu)
      ? StandInMenu.buildFromTemplate(options.submenu)
      : undefined
  }

  click(): void {
    // The arguments that Electron passes are of no use to an app with one window.
    Reflect.apply(this.#options.click ?? (() => undefined), this, [])
  }
}

export class StandInMenu extends EventEmitter {
  static #application: StandInMenu | null = null
  readonly items: StandInMenuItem[]

  constructor(items: StandInMenuItem[] = []) {
    super()
    this.items = items
  }

  static buildFromTemplate(template: Template): StandInMenu {
    return new StandInMenu(template.map((item) => new StandInMenuItem(item)))
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.#application = menu
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.#application
  }

  popup(): void {
    this.emit('menu-will-show', {})
  }
}
