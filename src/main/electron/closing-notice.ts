import { existsSync, writeFileSync } from 'node:fs'
import { dialog, Notification } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { DesktopText } from './text/desktop-text.js'

/** Says once per data directory that a closed window ends nothing; an empty file remembers that it was said. */
export function explainClosing(file: string, text: DesktopText, logger: Logger): void {
  if (existsSync(file)) return
  try {
    writeFileSync(file, '')
  } catch (error) {
    // Said again then, which is better than never.
    logger.warn({ reason: messageOf(error) }, 'what was said about closing is not remembered')
  }
  const { title, body, dismiss } = text.closing
  if (Notification.isSupported()) {
    new Notification({ title, body, silent: true }).show()
    return
  }
  dialog
    .showMessageBox({ type: 'info', message: title, detail: body, buttons: [dismiss] })
    .catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, 'nothing was said about closing')
    })
}
