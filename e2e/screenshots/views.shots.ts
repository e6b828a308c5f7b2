import { mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { whenReady } from '../driver/host-process.js'
import { expect, test } from '../fixtures.js'
import { playScene, writeProject, writeScript } from './scene.js'

test.use({ provider: 'scripted' })

const FOLDER = process.env['SMART_AGENTS_SCREENSHOTS'] ?? 'docs/screenshots'
const WIDTHS = [1440, 1024, 480]
const THEMES = ['light', 'dark'] as const

interface View {
  readonly name: string
  readonly open: (page: Page) => Promise<void>
}

async function area(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name }).click()
}

async function tasks(page: Page, view: string): Promise<void> {
  await area(page, 'Tasks')
  await page.getByRole('button', { name: view, exact: true }).click()
}

async function timeline(page: Page): Promise<void> {
  await tasks(page, 'Timeline')
  await page.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first().waitFor()
}

async function taskDetail(page: Page): Promise<void> {
  await tasks(page, 'List')
  await page.getByRole('button', { name: /^Command Run the tests/ }).click()
  await page.getByRole('tab', { name: 'Output' }).click()
}

async function history(page: Page): Promise<void> {
  await area(page, 'History')
  await page.getByRole('searchbox').first().fill('parse')
  await page.getByText('Review src/parser.ts').first().waitFor()
}

async function agents(page: Page, tab: string): Promise<void> {
  await overChat(page, 'Alt+3')
  await page.getByRole('button', { name: /^Agents/ }).click()
  await page.getByRole('tab', { name: tab }).click()
}

async function plan(page: Page): Promise<void> {
  await tasks(page, 'List')
  await page
    .getByRole('button', { name: /Make the parser fit/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Plan' }).click()
}

async function overChat(page: Page, keys: string): Promise<void> {
  await area(page, 'Chat')
  await page.keyboard.press(keys)
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
}

const VIEWS: readonly View[] = [
  { name: 'chat', open: async (page) => area(page, 'Chat') },
  { name: 'tasks-list', open: async (page) => tasks(page, 'List') },
  { name: 'tasks-board', open: async (page) => tasks(page, 'Board') },
  { name: 'tasks-tree', open: async (page) => tasks(page, 'Tree') },
  { name: 'tasks-timeline', open: async (page) => timeline(page) },
  { name: 'task-detail', open: async (page) => taskDetail(page) },
  { name: 'history', open: async (page) => history(page) },
  { name: 'dashboard', open: async (page) => area(page, 'Dashboard') },
  { name: 'inbox', open: async (page) => area(page, 'Inbox') },
  { name: 'plan', open: async (page) => plan(page) },
  { name: 'agents', open: async (page) => agents(page, 'Agents') },
  { name: 'mail', open: async (page) => agents(page, 'Mail') },
  { name: 'notifications', open: async (page) => overChat(page, 'Alt+u') },
  { name: 'settings', open: async (page) => overChat(page, 'Control+,') },
  { name: 'palette', open: async (page) => overChat(page, 'Control+k') },
]

test('every view in both themes and at three widths', async ({ hosts, place, model }) => {
  test.setTimeout(600_000)
  const workspace = path.join(path.dirname(place.workspace), 'orbit')
  writeProject(workspace)
  writeScript(model)
  const host = await hosts.start()
  const { conversationId } = await playScene(await hosts.connect(host), workspace)
  mkdirSync(FOLDER, { recursive: true })
  const began = Date.now()
  const page = await host.open()
  await page.evaluate((id) => localStorage.setItem('smart-agents.conversation', id), conversationId)
  for (const view of VIEWS) {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 480 ? 860 : 900 })
      await page.reload()
      await whenReady(page)
      await view.open(page)
      await settled(page)
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.evaluate(() => new Promise(requestAnimationFrame))
        const file = path.join(FOLDER, `${view.name}-${width}-${colorScheme}.png`)
        await page.screenshot({ path: file, animations: 'disabled' })
      }
    }
  }
  const taken = readdirSync(FOLDER).filter(
    (file) => statSync(path.join(FOLDER, file)).mtimeMs >= began,
  )
  expect(taken).toHaveLength(VIEWS.length * WIDTHS.length * THEMES.length)
})
