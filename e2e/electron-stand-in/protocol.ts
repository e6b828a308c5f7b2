import type { BrowserContext, Route } from '@playwright/test'
import type { CustomScheme, Protocol } from 'electron'
import { fromBrowser } from './addresses.js'

type Handler = Parameters<Protocol['handle']>[1]

const schemes = new Map<string, CustomScheme>()
const handlers = new Map<string, Handler>()
let isReady = false

export const protocol: Pick<
  Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
> = {
  registerSchemesAsPrivileged(customSchemes) {
    if (isReady) throw new Error('schemes must be registered before the app is ready')
    for (const custom of customSchemes) schemes.set(custom.scheme, custom)
  },
  handle(scheme, handler) {
    if (!isReady) throw new Error('protocol.handle needs the app to be ready')
    // Without these an app:// page has no origin, and neither fetch nor storage work in it.
    const { standard, secure } = schemes.get(scheme)?.privileges ?? {}
    if (!standard || !secure) throw new Error(`the scheme ${scheme} is not standard and secure`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
}

export function schemesAreFinal(): void {
  isReady = true
}

/** Decides over a navigation before it starts; false stops it. */
export type NavigationDecision = (route: Route) => boolean

/** Every request of every page: navigations are decided upon, custom schemes answered. */
export async function routeRequests(
  context: BrowserContext,
  mayNavigate: NavigationDecision,
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    if (request.isNavigationRequest() && !mayNavigate(route)) {
      await route.abort('aborted')
      return
    }
    const address = fromBrowser(request.url())
    const handler = handlers.get(new URL(address).protocol.slice(0, -1))
    if (address === request.url() || handler === undefined) {
      await route.fallback()
      return
    }
    const body = request.postDataBuffer()
    const response = await handler(
      new Request(address, {
        method: request.method(),
        headers: await request.allHeaders(),
        ...(body === null ? {} : { body: new Uint8Array(body) }),
      }),
    )
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })
}
