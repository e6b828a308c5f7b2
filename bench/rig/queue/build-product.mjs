import path from 'node:path'
import { build } from 'vite'
import { root } from '../host.mjs'
import { builtFolder } from './load-product.mjs'

/** Bundles `product.ts` as the program itself is bundled, so that what is measured is what ships. */
export async function buildProduct() {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, 'product.ts'),
      outDir: builtFolder,
      emptyOutDir: true,
      sourcemap: true,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'product.js', format: 'es' } },
    },
  })
}
