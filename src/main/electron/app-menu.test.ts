import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../test/support/silent-logger.js'
import { type MenuOptions, menuTemplate } from './app-menu.js'

function template(changes: Partial<MenuOptions> = {}) {
  return menuTemplate({
    appName: 'Smart Agents',
    platform: 'linux',
    isPackaged: true,
    logger: new SilentLogger(),
    page: () => Promise.reject(new Error('no window')),
    ...changes,
  })
}

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
}

const roles = (items: readonly MenuItemConstructorOptions[]) =>
  all(items).flatMap(({ role }) => role ?? [])

describe('the menu', () => {
  it('always has a way to quit, to edit and to arrange windows', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const found = roles(template({ platform }))
      expect(found).toEqual(expect.arrayContaining(['quit', 'editMenu', 'windowMenu', 'help']))
      expect(found.filter((role) => role === 'quit')).toHaveLength(1)
    }
  })

  it('offers developers their tools, and nobody else', () => {
    expect(roles(template({ isPackaged: true }))).not.toContain('toggleDevTools')
    expect(roles(template({ isPackaged: false }))).toContain('toggleDevTools')
  })

  it.each([
    ['linux', 'control'],
    ['darwin', 'meta'],
  ] as const)('presses the key that the page listens for on %s', async (platform, modifier) => {
    const pressed = Promise.withResolvers<unknown[]>()
    const events: unknown[] = []
    const page = {
      sendInputEvent: (event: unknown) => {
        if (events.push(event) === 2) pressed.resolve(events)
      },
    }
    const items = all(template({ platform, page: async () => page as never }))
    const newChat = items.find(({ label }) => label === 'New Chat')
    Reflect.apply(newChat?.click ?? (() => undefined), undefined, [])
    expect(await pressed.promise).toEqual([
      { type: 'keyDown', keyCode: 'N', modifiers: [modifier] },
      { type: 'keyUp', keyCode: 'N', modifiers: [modifier] },
    ])
  })
})
