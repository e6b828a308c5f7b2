import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

test('a page has the bridge, and nothing else of the app or of Node', async ({ app }) => {
  const page = await app.open()
  const bridge = await page.evaluate(() =>
    Object.entries(Reflect.get(window, 'smartAgents')).map(
      ([name, value]) => `${name}: ${typeof value}`,
    ),
  )
  expect(bridge.toSorted()).toEqual([
    'onClose: function',
    'onRequest: function',
    'onText: function',
    'platform: string',
    'send: function',
  ])
  const leaks = await page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'global',
      'Buffer',
      'ipcRenderer',
      'electron',
      '__dirname',
      'setImmediate',
    ].filter((name) => name in window),
  )
  expect(leaks).toEqual([])
})

test('the bridge cannot be replaced', async ({ app }) => {
  const page = await app.open()
  const isSame = await page.evaluate(() => {
    const bridge = () => Reflect.get(window, 'smartAgents')
    const before = bridge()
    Reflect.set(window, 'smartAgents', { send: () => undefined })
    Reflect.set(before, 'send', () => undefined)
    return bridge() === before && Object.isFrozen(before)
  })
  expect(isSame).toBe(true)
})

test.describe('the content security policy', () => {
  /** What the policy stopped while `act` ran, as `directive address`. */
  async function violations(page: Page, act: () => void): Promise<string> {
    const violated = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener(
            'securitypolicyviolation',
            (event) => resolve(`${event.effectiveDirective} ${event.blockedURI}`),
            { once: true },
          )
        }),
    )
    await page.evaluate(act)
    return violated
  }

  test('stops inline scripts', async ({ app }) => {
    const page = await app.open()
    const stopped = await violations(page, () => {
      const script = document.createElement('script')
      script.textContent = 'window.hacked = true'
      document.body.append(script)
    })
    expect(stopped).toBe('script-src-elem inline')
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  test('stops eval', async ({ app }) => {
    const page = await app.open()
    const stopped = await violations(page, () => {
      // Later, since what a test evaluates may do what the page may not.
      setTimeout(() => Reflect.construct(Function, ['window.hacked = true'])())
    })
    expect(stopped).toBe('script-src eval')
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  test('stops scripts, requests and frames from elsewhere', async ({ app }) => {
    const page = await app.open()
    expect(
      await violations(page, () => {
        const script = document.createElement('script')
        script.src = 'https://example.com/evil.js'
        document.body.append(script)
      }),
    ).toBe('script-src-elem https://example.com/evil.js')
    expect(
      await violations(page, () => {
        fetch('https://example.com/collect').catch(() => undefined)
      }),
    ).toBe('connect-src https://example.com/collect')
    expect(
      await violations(page, () => {
        const frame = document.createElement('iframe')
        frame.src = 'https://example.com/'
        document.body.append(frame)
      }),
    ).toMatch(/^frame-src https:\/\/example\.com/)
  })

  test('is not violated by the app itself', async ({ app }) => {
    const page = await app.window()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text())
    })
    await page.reload()
    await app.open()
    const message = page.getByRole('textbox', { name: 'Message' })
    await message.fill('what can you do?')
    await message.press('Enter')
    await expect(page.getByRole('article', { name: 'Assistant' })).toHaveAttribute(
      'aria-busy',
      'false',
    )
    expect(complaints).toEqual([])
  })
})

test.describe('navigation', () => {
  test('away from the app is refused, and a web page opens in the browser', async ({ app }) => {
    const page = await app.open()
    const opened = await app.evaluate(collectExternal, undefined)
    expect(opened).toBe(true)
    await page.evaluate(() => {
      location.href = 'https://example.com/page'
    })
    await expect.poll(() => app.evaluate(external, undefined)).toEqual(['https://example.com/page'])
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.com/link'
      link.target = '_blank'
      link.rel = 'noreferrer'
      link.textContent = 'link'
      document.body.append(link)
      link.click()
    })
    await expect
      .poll(() => app.evaluate(external, undefined))
      .toEqual(['https://example.com/page', 'https://example.com/link'])
    const state = await app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
      undefined,
    )
    expect(state).toEqual(['app://smart-agents/index.html'])
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  })

  test('to another window or to a program is refused', async ({ app }) => {
    const page = await app.open()
    await app.evaluate(collectExternal, undefined)
    await page.evaluate(() => {
      for (const address of ['about:blank', 'file:///etc/passwd', 'smb://server/share']) {
        window.open(address)
      }
    })
    await page.evaluate(() => window.open('https://example.com/last'))
    await expect.poll(() => app.evaluate(external, undefined)).toEqual(['https://example.com/last'])
    const count = ({ BrowserWindow }: typeof import('electron')) =>
      BrowserWindow.getAllWindows().length
    expect(await app.evaluate(count, undefined)).toBe(1)
  })
})

/** From now on, what the app hands to the system's browser is noted and not opened. */
function collectExternal({ shell }: typeof import('electron')): boolean {
  const opened: string[] = []
  Reflect.set(globalThis, 'openedByTest', opened)
  return Reflect.set(shell, 'openExternal', async (url: string) => {
    opened.push(url)
  })
}

function external(): string[] {
  return Reflect.get(globalThis, 'openedByTest')
}

test('only our own page is listened to', async ({ app }) => {
  await app.open()
  const heard = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined) return ['no window']
    const sent: string[] = []
    const send = contents.send.bind(contents)
    contents.send = (channel: string, ...args: unknown[]) => {
      const [message] = args as [{ readonly connection: string }]
      if (message.connection.startsWith('of-')) sent.push(message.connection)
      send(channel, ...args)
    }
    const own = { parent: null, origin: 'app://smart-agents' }
    const senders = {
      'of-a-frame': { ...own, parent: own },
      'of-another-origin': { ...own, origin: 'https://example.com' },
      'of-a-page-that-is-gone': null,
      'of-our-page': own,
    }
    const health = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'system.health' })
    const answered = new Promise<void>((resolve) => {
      const poll = () => (sent.length > 0 ? resolve() : setImmediate(poll))
      poll()
    })
    for (const [connection, senderFrame] of Object.entries(senders)) {
      const event = { sender: contents, senderFrame }
      contents.ipc.emit('rpc:to-host', event, { kind: 'open', connection })
      contents.ipc.emit('rpc:to-host', event, { kind: 'text', connection, text: health })
    }
    await answered
    return sent
  }, undefined)
  expect(heard).toEqual(['of-our-page'])
})

test('files outside the app are not served', async ({ app }) => {
  const page = await app.open()
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/nothing.js',
    ]
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([200, 404, 404, 404, 404])
})

test('permissions are refused', async ({ app }) => {
  const page = await app.open()
  const answers = await page.evaluate(async () => {
    const located = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code }) =>
          resolve(code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : 'failed'),
      )
    })
    return [await Notification.requestPermission(), await located]
  })
  expect(answers).toEqual(['denied', 'denied'])
})
