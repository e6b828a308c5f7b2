#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { underBundledNode } from '../scripts/bundled-node.mjs'

await underBundledNode(import.meta.url)

const root = path.dirname(import.meta.dirname)
if (
  !existsSync(path.join(root, 'out/main/cli.js')) &&
  existsSync(path.join(root, 'electron.vite.config.ts'))
) {
  process.stderr.write('Smart Agents is not built yet; building it, which takes some seconds.\n')
  const { build } = await import('../scripts/build.mjs')
  await build().catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
}
module.enableCompileCache()
await import(new URL('../out/main/cli.js', import.meta.url).href)
