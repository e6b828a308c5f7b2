import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type { NativeImage, nativeImage as RealNativeImage, Tray } from 'electron'
import type { StandInMenu } from './menu.js'

/** An image as far as its app can tell: the file that it comes from. */
export class StandInImage implements Pick<NativeImage, 'isEmpty' | 'isTemplateImage'> {
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  isEmpty(): boolean {
    return !existsSync(this.file)
  }

  isTemplateImage(): boolean {
    return /Template(@\dx)?\.png$/.test(this.file)
  }
}

type FromPath = Parameters<typeof RealNativeImage.createFromPath>[0]

export const nativeImage = {
  createFromPath: (file: FromPath): StandInImage => new StandInImage(file),
}

type Promised = 'setImage' | 'setToolTip' | 'setContextMenu' | 'destroy' | 'isDestroyed'

/** Plays a desktop that has no place for a tray. */
const WITHOUT_TRAY = 'STAND_IN_WITHOUT_TRAY'

/** The icon beside the clock, and how often its app has touched it. */
export class StandInTray extends EventEmitter implements Record<Promised, unknown> {
  static readonly all = new Set<StandInTray>()
  image: StandInImage
  toolTip = ''
  menu: StandInMenu | null = null
  menusBuilt = 0

  constructor(image: StandInImage) {
    super()
    if (process.env[WITHOUT_TRAY] !== undefined) throw new Error('this desktop has no tray')
    if (image.isEmpty()) throw new Error(`there is no image ${image.file}`)
    this.image = image
    StandInTray.all.add(this)
  }

  setImage(image: StandInImage): void {
    if (image.isEmpty()) throw new Error(`there is no image ${image.file}`)
    this.image = image
  }

  setToolTip(toolTip: Parameters<Tray['setToolTip']>[0]): void {
    this.toolTip = toolTip
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu
    this.menusBuilt += 1
  }

  destroy(): void {
    StandInTray.all.delete(this)
  }

  isDestroyed(): boolean {
    return !StandInTray.all.has(this)
  }
}
