import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

const PARTS = [
  { key: 'first', title: 'Look around', description: 'survey the shelves' },
  { key: 'second', title: 'Write it down', description: 'note the books', dependsOn: ['first'] },
]

function finish(report: string) {
  return { name: 'finish', arguments: JSON.stringify({ success: true, report }) }
}

test('a plan is changed, approved and followed until its parts are done', async ({
  page,
  rpc,
  model,
}) => {
  const plan = { name: 'run_plan', arguments: JSON.stringify({ parts: PARTS }) }
  model.on({ userMessage: 'survey the shelves' }, { toolCalls: [finish('Three shelves.')] })
  model.on({ userMessage: 'note the books' }, { toolCalls: [finish('Forty books.')] })
  model.on(
    { userMessage: 'sort the library', hasToolResult: true },
    { toolCalls: [finish('The library is sorted.')] },
  )
  model.on({ userMessage: 'sort the library' }, { toolCalls: [plan] })
  await rpc.call('task.submit', {
    type: 'orchestration',
    description: 'sort the library',
    planApproval: 'ask',
  })
  await page.getByRole('button', { name: 'Waits for you 1 waiting' }).click()
  const inbox = page.getByRole('dialog', { name: 'Waits for you' })
  await expect(inbox).toContainText('A plan of 2 parts waits for your approval')
  await checkAccessibility(page, 'the inbox with a plan')
  await inbox.getByRole('button', { name: 'Show plan' }).click()

  const shown = page.getByRole('region', { name: 'Plan', exact: true })
  const parts = shown.getByRole('list', { name: 'Parts of the plan' }).getByRole('listitem')
  await expect(parts).toHaveText([/Look around/, /Write it down.*AfterLook around/])
  await shown.getByRole('button', { name: 'Edit' }).click()
  const editor = page.getByRole('dialog', { name: 'Edit plan' })
  const title = editor.getByLabel('Title').first()
  await title.fill('')
  await editor.getByRole('button', { name: 'Save plan' }).click()
  await expect(title).toHaveAttribute('aria-invalid', 'true')
  await checkAccessibility(page, 'the plan in the editor')
  await title.fill('Look at every shelf')
  await editor.getByRole('button', { name: 'Save plan' }).click()
  await expect(editor).toBeHidden()
  await expect(parts.first()).toContainText('Look at every shelf')

  await shown.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('button', { name: 'Waits for you', exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Plan' }).click()
  await expect(shown).toContainText('2 of 2 parts done')
  await shown.getByRole('button', { name: 'Graph' }).click()
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
  await checkAccessibility(page, 'the graph of a plan')
  await shown.getByRole('button', { name: 'List' }).click()
  await parts.first().getByRole('button', { name: 'Look at every shelf' }).click()
  await expect(page.getByRole('region', { name: 'Task' })).toContainText('Three shelves.')
})

test('a workflow asks for what it needs, and starts a lead with its plan', async ({
  page,
  model,
}) => {
  model.on({ userMessage: /.*/ }, { toolCalls: [finish('Done.')] })
  await page.getByRole('button', { name: 'Start a workflow' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByRole('button', { name: /Built in/ })
    .first()
    .click()
  const needed = dialog.getByLabel('(required)').first()
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(needed).toHaveAttribute('aria-invalid', 'true')
  await checkAccessibility(page, 'a workflow whose input is missing')
  for (const field of await dialog.getByLabel('(required)').all()) await field.fill('README.md')
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Task' })).toContainText('Orchestration')
})
