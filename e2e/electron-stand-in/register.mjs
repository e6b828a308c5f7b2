/**
 * Loaded with `node --import` before the built main bundle, on the Node that the project brings:
 * `electron` then means the stand-in. The types of its sources are stripped by Node itself, which
 * does not turn the `.js` of an import into the `.ts` that is there.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'

const electron = new URL('./electron.ts', import.meta.url).href
const folder = new URL('.', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: electron, shortCircuit: true }
    if (specifier.startsWith('./') && context.parentURL?.startsWith(folder)) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      if (existsSync(source)) return { url: source.href, shortCircuit: true }
    }
    return next(specifier, context)
  },
})
