import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../fixtures.js'

test.use({ firstRunDone: false })

test('asks for a workspace and a model, once', async ({ page, place, rpc, hosts, host }) => {
  const other = path.join(place.workspace, '../other')
  mkdirSync(other)
  await expect(page.getByRole('heading', { name: 'Where should agents work?' })).toBeVisible()
  const workspace = page.getByRole('textbox', { name: 'Workspace' })
  await expect(workspace).toHaveValue(place.workspace)

  await workspace.fill(path.join(place.workspace, 'nowhere'))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('nowhere')).toBeVisible()
  await expect(workspace).toHaveAttribute('aria-invalid', 'true')

  await workspace.fill(path.resolve(other))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Who should think?' })).toBeVisible()
  await page.getByRole('radio', { name: /Offline/ }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  expect(await rpc.call('settings.get', {})).toMatchObject({
    workspace: path.resolve(other),
    firstRunDone: true,
    model: { provider: 'offline' },
  })

  await host.stop()
  const again = await hosts.start()
  const next = await again.open()
  await expect(next.getByRole('textbox', { name: 'Message' })).toBeVisible()
})
