import type { Page } from '@playwright/test'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

const monitor = (page: Page) => page.getByRole('region', { name: 'Tasks', exact: true })

async function show(page: Page, view: string): Promise<void> {
  await monitor(page).getByRole('button', { name: view, exact: true }).click()
}

async function submit(rpc: RpcClient, description: string, more: object = {}): Promise<string> {
  const task = { description, type: 'command', command: 'true', ...more } as const
  return (await rpc.call('task.submit', task)).taskId
}

test('all tasks are pictured in four ways, selected, and moved in their line', async ({
  page,
  rpc,
}) => {
  const done = await submit(rpc, 'format')
  await rpc.call('task.result', { taskId: done, waitMs: 10_000 })
  const broken = await submit(rpc, 'check', { command: 'exit 3' })
  await rpc.call('task.result', { taskId: broken, waitMs: 10_000 })
  await rpc.call('queue.pause', {})
  const first = await submit(rpc, 'alpha')
  await submit(rpc, 'beta', { parentId: first })
  await submit(rpc, 'gamma', { dependencies: [first] })
  await page.keyboard.press('Alt+Shift+2')
  const list = monitor(page)
  await expect(list.getByRole('button', { name: /gamma.*Waits for “alpha”/ })).toBeVisible()
  await checkAccessibility(page, 'the list of all tasks')

  await list.getByRole('checkbox', { name: 'Select alpha' }).click()
  await list.getByRole('checkbox', { name: 'Select check' }).click()
  const bar = list.getByRole('toolbar', { name: '2 selected' })
  await checkAccessibility(page, 'a selection')
  await bar.getByLabel('Priority').selectOption('8')
  await expect(page.getByText('1 task changed')).toBeVisible()
  expect((await rpc.call('task.list', { query: 'alpha' })).tasks[0]?.priority).toBe(8)

  await show(page, 'Board')
  const waiting = list.getByRole('region', { name: /^Waiting, 3/ })
  await expect(waiting.locator('[data-task]').first()).toContainText('alpha')
  await waiting.locator('[data-task]').nth(2).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(waiting.locator('[data-task]').nth(1)).toContainText('gamma')
  await waiting
    .locator('[data-task]')
    .nth(2)
    .dragTo(waiting.locator('[data-task]').first(), {
      targetPosition: { x: 40, y: 3 },
    })
  await expect(waiting.locator('[data-task]').first()).toContainText('beta')
  await checkAccessibility(page, 'the board')

  await show(page, 'Tree')
  const parent = list.getByRole('treeitem', { name: /alpha/ })
  await expect(parent).toHaveAttribute('aria-expanded', 'true')
  await parent.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(list.getByRole('treeitem', { name: /beta/ })).toBeHidden()
  await checkAccessibility(page, 'the tree')

  await show(page, 'Timeline')
  const rows = list.getByRole('list', { name: 'Timeline' })
  await expect(
    rows.getByRole('button', { name: /gamma.*Waiting, waited.*after alpha/ }),
  ).toBeVisible()
  await checkAccessibility(page, 'the timeline')
  await rows.getByRole('button', { name: /check/ }).click()
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('exit code 3')
  await expect(rows).toBeVisible()

  await list.getByRole('searchbox', { name: 'Filter tasks' }).fill('nothing like it')
  await expect(list.getByText('Nothing that fits the filters ran or waited')).toBeVisible()
  await list.getByRole('searchbox', { name: 'Filter tasks' }).fill('')

  await show(page, 'List')
  await list.getByRole('checkbox', { name: 'Select beta' }).click()
  await list.getByRole('checkbox', { name: 'Select gamma' }).click()
  await list.getByRole('toolbar').last().getByRole('button', { name: 'Cancel' }).click()
  const asked = page.getByRole('alertdialog', { name: 'Cancel 2 tasks?' })
  await checkAccessibility(page, 'the question before many tasks are cancelled')
  await page.keyboard.press('Escape')
  await expect(asked).toHaveCount(0)
  await list.getByRole('toolbar').last().getByRole('button', { name: 'Cancel' }).click()
  await asked.getByRole('button', { name: 'Cancel 2 tasks' }).click()
  await expect(page.getByText('2 tasks changed')).toBeVisible()
})

test('filters and orders ask for all tasks, also those that the window has not read', async ({
  page,
  rpc,
}) => {
  await rpc.call('queue.pause', {})
  await submit(rpc, 'the oldest', { type: 'build' })
  await Promise.all(Array.from({ length: 210 }, (_, n) => submit(rpc, `later ${n}`)))
  await rpc.call('queue.clear', {})
  await page.reload()
  await page.keyboard.press('Alt+Shift+2')
  const list = monitor(page)
  await expect(list.getByText('The first 200 of 211 tasks')).toBeVisible()
  await expect(list.getByRole('button', { name: /the oldest/ })).toHaveCount(0)

  await list.getByRole('button', { name: 'Submitted' }).click()
  await list.getByRole('button', { name: 'Submitted' }).click()
  await expect(list.locator('[data-task]').first()).toContainText('the oldest')
  await list.getByRole('button', { name: 'Show more' }).click()
  await expect(list.getByText('211 tasks', { exact: true })).toBeVisible()

  await list.getByRole('button', { name: 'Type' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Build' }).click()
  await page.keyboard.press('Escape')
  await expect(list.locator('[data-task]')).toHaveCount(1)
  await expect(list.getByText('1 task', { exact: true })).toBeVisible()

  await show(page, 'Board')
  await expect(list.getByRole('region', { name: 'Cancelled, 1' })).toContainText('the oldest')
  await list.getByRole('button', { name: 'Clear filters' }).click()
  const cancelled = list.getByRole('region', { name: 'Cancelled, 211' })
  await expect(cancelled.getByText('The first 200 of 211 tasks')).toBeVisible()
  await checkAccessibility(page, 'a board of which a part is read')
})
