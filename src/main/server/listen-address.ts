import { AppError } from '../../shared/rpc/errors.js'

/**
 * The address to listen on, as Node takes it.
 * @throws AppError `invalid_params` for anything that other machines could reach
 */
export function loopbackAddress(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare)) return bare
  throw new AppError(
    'invalid_params',
    `host: only this machine may connect, so it must be 127.0.0.1, ::1 or localhost, not "${host}". ` +
      'To use it from elsewhere, let ssh carry the connection: ssh -L 8080:127.0.0.1:PORT USER@THIS-MACHINE',
  )
}

/** The `host:port` part of a URL. */
export function authorityOf(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}
