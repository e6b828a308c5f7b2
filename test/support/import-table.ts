/**
 * The table "who may import whom" of the architecture page, as data. `architecture.test.ts` checks the sources against
 * it, and checks that the lint configuration says the same (`lintOverrides`).
 */

/** A part of `src`. A layer may always import itself. */
export interface Layer {
  /** Where it lies: a folder, or a file for a composition root. */
  readonly path: string
  /** Other layers that it may import. `core:entry` stands for `coreEntry` only. */
  readonly layers: readonly string[]
  /** Whether `node:*` may be imported. */
  readonly node: boolean
  /**
   * Packages that may be imported. `runtime` stands for every package under `dependencies` of package.json,
   * `ui` for everything under `devDependencies` that is bundled into the renderer.
   */
  readonly packages: readonly string[]
  /** Packages taken away from `packages` again; each is also an error of the linter. */
  readonly never: readonly string[]
  /** Only types may come from other layers. */
  readonly typesOnly?: boolean
}

/** Core's public entry: all that a host and the dispatcher may know of it. Hosts implement the ports. */
export const coreEntry = ['src/main/core/index.ts', 'src/main/core/ports.ts']

/** Packages under `devDependencies` that build and check the program and are never part of it. */
export const tools = [
  '@biomejs/biome',
  '@copilotkit/aimock',
  '@playwright/test',
  '@tailwindcss/vite',
  '@vitejs/plugin-react',
  '@vitest/coverage-v8',
  'electron',
  'electron-builder',
  'electron-vite',
  'fast-check',
  'knip',
  'tailwindcss',
  'typescript',
  'vite',
  'vitest',
]

const react = ['react', 'react-dom', 'zustand']

export const importTable: Readonly<Record<string, Layer>> = {
  shared: {
    path: 'src/shared',
    layers: [],
    node: false,
    packages: ['zod'],
    never: ['electron', 'ws', 'commander', 'better-sqlite3', ...react],
  },
  core: {
    path: 'src/main/core',
    layers: ['shared', 'store'],
    node: true,
    packages: ['runtime'],
    never: ['electron', 'ws', 'commander', 'better-sqlite3', ...react],
  },
  store: {
    path: 'src/main/core/store',
    layers: ['shared', 'core'],
    node: true,
    packages: ['runtime'],
    never: ['electron', 'ws', 'commander', ...react],
  },
  rpc: {
    path: 'src/main/rpc',
    layers: ['shared', 'core:entry'],
    node: false,
    packages: ['zod'],
    never: ['electron', 'ws', 'commander', 'better-sqlite3', ...react],
  },
  server: {
    path: 'src/main/server',
    layers: ['shared', 'core:entry', 'rpc'],
    node: true,
    packages: ['runtime'],
    never: ['electron', 'commander', 'better-sqlite3', ...react],
  },
  cli: {
    path: 'src/main/cli',
    layers: ['shared'],
    node: true,
    packages: ['runtime'],
    never: ['electron', 'better-sqlite3', '@anthropic-ai/sdk', ...react],
  },
  electron: {
    path: 'src/main/electron',
    layers: ['shared', 'core:entry', 'rpc', 'server'],
    node: true,
    packages: ['runtime', 'electron'],
    never: ['commander', 'better-sqlite3', ...react],
  },
  'root:index': {
    path: 'src/main/index.ts',
    layers: ['shared', 'core:entry', 'rpc', 'server', 'electron'],
    node: true,
    packages: ['electron'],
    never: [],
  },
  'root:server': {
    path: 'src/main/server.ts',
    layers: ['shared', 'core:entry', 'rpc', 'server'],
    node: true,
    packages: [],
    never: ['electron'],
  },
  'root:cli': {
    path: 'src/main/cli.ts',
    layers: ['shared', 'cli'],
    node: true,
    packages: [],
    never: ['electron', 'better-sqlite3'],
  },
  preload: {
    path: 'src/preload',
    layers: ['shared'],
    node: false,
    packages: ['electron'],
    never: ['ws', 'commander', 'better-sqlite3', ...react],
    typesOnly: true,
  },
  renderer: {
    path: 'src/renderer',
    layers: ['shared'],
    node: false,
    packages: ['ui', 'zod'],
    never: ['electron', 'ws', 'commander', 'better-sqlite3', '@anthropic-ai/sdk'],
  },
}

const insideMain = ['core', 'rpc', 'server', 'cli', 'electron', 'preload', 'renderer']
const outsideMain = ['main', 'preload', 'renderer']

/**
 * Globs for the layers that a layer must not import, as far as the text of a relative import tells: the linter is the
 * quick, coarse half of the check and the test the exact one.
 */
function forbiddenGlobs(name: string, layer: Layer): readonly string[] {
  const own = name === 'store' ? 'core' : name.replace('root:', '')
  const allowed = new Set([own, ...layer.layers.map((other) => other.replace(':entry', ''))])
  const folders = layer.path.startsWith('src/main/') ? insideMain : outsideMain
  const start = name.startsWith('root:') ? '.' : '../**'
  return folders.filter((folder) => !allowed.has(folder)).map((folder) => `${start}/${folder}/**`)
}

/** What the linter's `noRestrictedImports` must hold for a layer. */
export function lintOptions(name: string, layer: Layer) {
  const message = `${layer.path} must not import this: see the table in ARCHITECTURE.md, section 3`
  const patterns = [
    { group: layer.never.map((banned) => `${banned}/**`), message },
    { group: [...forbiddenGlobs(name, layer), '!../**/shared/**'], message },
    { group: layer.node ? [] : ['node:*', 'node:*/**'], message },
  ]
  return {
    paths: Object.fromEntries(layer.never.map((banned) => [banned, message])),
    patterns: patterns.filter(({ group }) => group.some((glob) => !glob.startsWith('!'))),
  }
}

/** The overrides that biome.json must contain, in this order. */
export function lintOverrides() {
  return Object.entries(importTable).map(([name, layer]) => ({
    includes: [
      layer.path.endsWith('.ts') ? layer.path : `${layer.path}/**`,
      '!**/*.test.ts',
      '!**/*.test.tsx',
    ],
    linter: {
      rules: {
        style: {
          noRestrictedImports: { level: 'error', options: lintOptions(name, layer) },
        },
      },
    },
  }))
}
