import { EventEmitter } from 'node:events'
import type { NotificationConstructorOptions, Notification as RealNotification } from 'electron'

type Promised = 'show' | 'close'

/** What the app has shown through the system; a test clicks on it as a person would. */
export class StandInNotification extends EventEmitter implements Pick<RealNotification, Promised> {
  static readonly all: StandInNotification[] = []
  readonly options: NotificationConstructorOptions
  isShown = false

  constructor(options: NotificationConstructorOptions = {}) {
    super()
    this.options = options
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    this.isShown = true
    StandInNotification.all.push(this)
    this.emit('show', {})
  }

  close(): void {
    if (!this.isShown) return
    this.isShown = false
    this.emit('close', {})
  }
}
