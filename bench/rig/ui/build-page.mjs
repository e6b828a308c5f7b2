import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { root } from '../host.mjs'

export const pageFolder = path.join(root, 'node_modules/.cache/bench-ui')

/** Bundles the page as the window itself is bundled, so that what is measured is what ships. */
export async function buildPage() {
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [react(), tailwindcss()],
    worker: { format: 'es' },
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      rollupOptions: { input: path.join(import.meta.dirname, 'page.html') },
    },
  })
}
