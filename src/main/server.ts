import { readFileSync } from 'node:fs'
import path from 'node:path'
import { serveMain } from './server/serve-main.js'

const programRoot = path.join(import.meta.dirname, '../..')
const manifest: { readonly version: string } = JSON.parse(
  readFileSync(path.join(programRoot, 'package.json'), 'utf8'),
)

process.exitCode = await serveMain({
  argv: process.argv.slice(2),
  version: manifest.version,
  programRoot,
  rendererDirectory: path.join(import.meta.dirname, '../renderer'),
})
