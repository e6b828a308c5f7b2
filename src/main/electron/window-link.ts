import type { BrowserWindow, IpcMainEvent, WebContents } from 'electron'
import { z } from 'zod'
import type { BridgeChannels, BridgeFromHost, BridgeToHost } from '../../shared/rpc/bridge.js'
import type { Logger } from '../core/ports.js'
import { DEFAULT_DISPATCHER_LIMITS } from '../rpc/dispatcher.js'
import { APP_ORIGIN } from './app-protocol.js'
import type { HostAccess, HostLink } from './host-access.js'

export const channels: BridgeChannels = {
  toHost: 'rpc:to-host',
  fromHost: 'rpc:from-host',
  request: 'window:request',
}

/** UTF-16 units. Well above the dispatcher's own limit, which answers in words; this one cuts off. */
const MAX_FRAME_LENGTH = 2 * DEFAULT_DISPATCHER_LIMITS.maxRequestLength

const connection = z.string().min(1).max(100)
const ToHost: z.ZodType<BridgeToHost> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), connection }),
  z.strictObject({ kind: z.literal('text'), connection, text: z.string() }),
  z.strictObject({ kind: z.literal('close'), connection }),
])

/** Whether a message comes from our own page, and not from a frame or a page that got into its place. */
export function isOwnPage(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: WebContents,
): boolean {
  const frame = event.senderFrame
  return (
    event.sender === contents &&
    frame !== null &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN
  )
}

/**
 * Carries JSON-RPC text between the page of a window and its host. A page has one connection at a
 * time, which ends when the page says so, opens another, is left or crashes, and when its window
 * is closed.
 */
export function linkWindow(window: BrowserWindow, host: HostAccess, logger: Logger): void {
  const contents = window.webContents
  let current: { readonly name: string; readonly link: HostLink } | null = null

  const tell = (message: BridgeFromHost) => {
    if (!contents.isDestroyed()) contents.send(channels.fromHost, message)
  }
  const end = (reason: string | null) => {
    if (current === null) return
    const { name, link } = current
    current = null
    link.close()
    if (reason !== null) tell({ kind: 'closed', connection: name, reason })
  }
  const open = (name: string) => {
    end(null)
    const isCurrent = () => current?.name === name
    const link = host.open({
      send: (text) => {
        if (isCurrent()) tell({ kind: 'text', connection: name, text })
      },
      closed: (reason) => {
        if (!isCurrent()) return
        current = null
        tell({ kind: 'closed', connection: name, reason })
      },
    })
    current = { name, link }
  }
  const receive = (name: string, text: string) => {
    if (current?.name !== name) return
    if (text.length <= MAX_FRAME_LENGTH) current.link.receive(text)
    else end(`a message of ${text.length} characters is longer than ${MAX_FRAME_LENGTH}`)
  }

  contents.ipc.on(channels.toHost, (event, message: unknown) => {
    if (!isOwnPage(event, contents)) {
      logger.warn({ origin: event.senderFrame?.origin ?? null }, 'refused a foreign sender')
      return
    }
    const parsed = ToHost.safeParse(message)
    if (!parsed.success) {
      logger.warn({ reason: z.prettifyError(parsed.error) }, 'refused a malformed message')
      return
    }
    const heard = parsed.data
    if (heard.kind === 'open') open(heard.connection)
    else if (heard.kind === 'text') receive(heard.connection, heard.text)
    else if (current?.name === heard.connection) end(null)
  })
  contents.on('did-start-navigation', (details) => {
    // A page that stays after all, since the navigation came to nothing, connects anew.
    if (details.isMainFrame && !details.isSameDocument) end('the page is loaded again')
  })
  contents.on('render-process-gone', () => end(null))
  window.on('closed', () => end(null))
}
