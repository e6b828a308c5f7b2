/**
 * Chromium knows no `app:` scheme, and a page cannot teach it one. A page of a scheme that the app
 * has registered is therefore shown under an https address that no name server knows, and every
 * address is translated where it enters or leaves the stand-in:
 *
 *   app://smart-agents/index.html  ⇄  https://smart-agents.app.stand-in/index.html
 */
const SUFFIX = '.stand-in'

export function toBrowser(address: string): string {
  const url = new URL(address)
  const scheme = url.protocol.slice(0, -1)
  if (['http', 'https', 'about', 'data', 'blob', 'file', 'devtools'].includes(scheme))
    return address
  const rest = address.slice(`${scheme}://${url.host}`.length)
  return `https://${url.host}.${scheme}${SUFFIX}${rest}`
}

export function fromBrowser(address: string): string {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || !url.hostname.endsWith(SUFFIX)) return address
  const named = url.hostname.slice(0, -SUFFIX.length)
  const dot = named.lastIndexOf('.')
  const rest = address.slice(`https://${url.host}`.length)
  return `${named.slice(dot + 1)}://${named.slice(0, dot)}${rest}`
}

/** The origin as Electron's frames tell it. */
export function originOf(address: string): string {
  const url = URL.parse(fromBrowser(address))
  if (url === null) return 'null'
  return url.origin === 'null' && url.host !== '' ? `${url.protocol}//${url.host}` : url.origin
}
