import { readdirSync } from 'node:fs'
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Entry points of worker threads: every `name.worker.ts` under src/main becomes out/main/name.worker.js. */
function workerInputs(): Record<string, string> {
  const files = readdirSync(path.join(root, 'src/main'), { recursive: true, encoding: 'utf8' })
  const workers = files.filter((file) => file.endsWith('.worker.ts'))
  return Object.fromEntries(
    workers.map((file) => [path.basename(file, '.ts'), path.join(root, 'src/main', file)]),
  )
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rollupOptions: {
        input: {
          index: path.join(root, 'src/main/index.ts'),
          server: path.join(root, 'src/main/server.ts'),
          cli: path.join(root, 'src/main/cli.ts'),
          ...workerInputs(),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      sourcemap: true,
      // A sandboxed preload may require nothing but `electron`, so all else is bundled, as CommonJS.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: path.join(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'src/renderer'),
    plugins: [react(), tailwindcss()],
    // A grammar is read when it is needed; the default would bind all of them into the worker.
    worker: { format: 'es' },
    build: {
      outDir: path.join(root, 'out/renderer'),
      // Half the code to read before the window shows something; electron-vite leaves it as it is.
      minify: true,
      // A style that could not be read once is not asked for again, so all are read with the page.
      cssCodeSplit: false,
      rollupOptions: { input: path.join(root, 'src/renderer/index.html') },
    },
  },
})
