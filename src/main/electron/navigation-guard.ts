import type { Session, WebContents } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import { APP_ORIGIN } from './app-protocol.js'
import { externalAddress } from './external-links.js'

export interface NavigationGuardOptions {
  readonly logger: Logger
  readonly openExternal: (url: string) => Promise<void>
}

/**
 * Keeps a window on our own page: it never goes elsewhere, opens no window and attaches no
 * `<webview>`. Web links that a person follows open in the system's browser.
 */
export function guardNavigation(contents: WebContents, options: NavigationGuardOptions): void {
  const { logger } = options
  const outside = (address: string) => {
    const external = externalAddress(address)
    if (external === null) {
      logger.warn({ address: address.slice(0, 200) }, 'refused to open an address')
      return
    }
    options.openExternal(external).catch((error: unknown) => {
      logger.warn({ address: external, reason: messageOf(error) }, 'the browser did not open')
    })
  }
  contents.on('will-navigate', (event) => {
    if (isOwnAddress(event.url)) return
    event.preventDefault()
    outside(event.url)
  })
  contents.on('will-frame-navigate', (event) => {
    // The main frame is the business of `will-navigate`; we have no other frames.
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    outside(url)
    return { action: 'deny' }
  })
}

function isOwnAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN
}

/** Our page may put text on the clipboard when a person presses a button; nothing else. */
const GRANTED = 'clipboard-sanitized-write'

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === GRANTED)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === GRANTED && origin.replace(/\/$/, '') === APP_ORIGIN,
  )
  session.setDevicePermissionHandler(() => false)
}
