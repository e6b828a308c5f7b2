const LONGEST_ADDRESS = 8192

/**
 * The address to hand to the system's browser. Null for anything but a plain web address: other
 * schemes start programs, and a name with a password in it is meant to deceive.
 */
export function externalAddress(address: string): string | null {
  const url = URL.parse(address)
  if (url === null || url.href.length > LONGEST_ADDRESS) return null
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return url.username === '' && url.password === '' ? url.href : null
}
