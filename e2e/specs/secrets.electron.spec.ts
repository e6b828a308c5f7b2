import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../fixtures.js'

const KEY = 'sk-ant-api03-of-this-test'

test('a key that is typed in is kept across starts, and nowhere in clear where the system has a vault', async ({
  app,
  hosts,
  place,
}) => {
  const rpc = await hosts.connect(app)
  await rpc.call('settings.set', { apiKey: KEY, provider: 'anthropic' })
  await app.stop()
  const files = readdirSync(place.dataDirectory, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place.dataDirectory, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
  const holding = files.filter((file) => readFileSync(file).includes(KEY))
  // Without a vault it stands in a file that only its user may read.
  const vaultless = [path.join(place.dataDirectory, 'secrets.json')]
  const hasVault = files.some((file) => file.endsWith('secrets.vault.json'))
  expect(holding).toEqual(hasVault ? [] : vaultless)

  const again = await hosts.startApp()
  const { model } = await (await hosts.connect(again)).call('settings.get', {})
  expect(model).toMatchObject({ hasKey: true, keySource: 'stored', provider: 'anthropic' })
})
