import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkImports, findCycles, type Manifest } from './support/import-rules.js'
import { importTable, lintOverrides } from './support/import-table.js'
import { parseSource } from './support/source-file.js'
import { sourceRules } from './support/source-rules.js'

const root = path.dirname(import.meta.dirname)

function readJson(file: string) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'))
}

function readFolder(folder: string) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file))
    .map((file) => parseSource(file, readFileSync(path.join(root, file), 'utf8')))
}

const manifest: Manifest = readJson('package.json')
const src = readFolder('src')
const everything = [...src, ...['test', 'e2e', 'scripts', 'bin'].flatMap(readFolder)]

describe('the sources', () => {
  test('import only what the table allows', () => {
    expect(src.flatMap((file) => checkImports(file, manifest))).toEqual([])
  })

  test('have no import cycles', () => {
    expect(findCycles(src)).toEqual([])
  })

  test.each(Object.entries(sourceRules))('keep the rule %s', (_name, rule) => {
    expect(everything.flatMap(rule)).toEqual([])
  })
})

describe('the lint configuration', () => {
  test('says what the table says', () => {
    const { overrides } = readJson('biome.json')
    const restricting = overrides.filter(
      (override: ReturnType<typeof lintOverrides>[number]) =>
        override.linter?.rules?.style?.noRestrictedImports !== undefined,
    )
    expect(restricting).toEqual(lintOverrides())
  })

  test('has a TypeScript project for every layer', () => {
    const layers = Object.keys(importTable).filter((name) => !/^root:|^store$/.test(name))
    const { references } = readJson('tsconfig.json')
    const projects = references.map((reference: { path: string }) => reference.path)
    expect(projects).toEqual(
      expect.arrayContaining(layers.map((layer) => `./tsconfig/${layer}.json`)),
    )
  })
})

/** The checks themselves: each must see a violation, and only that. */
describe('the checker', () => {
  const imports = (file: string, text: string) => checkImports(parseSource(file, text), manifest)

  test.each([
    ['src/shared/a.ts', "import fs from 'node:fs'", 'is part of Node'],
    ['src/shared/a.ts', "import { b } from '../main/core/ports.js'", 'belongs to core'],
    ['src/main/core/a.ts', "import ws from 'ws'", 'is a package of another layer'],
    ['src/main/core/a.ts', "import db from 'better-sqlite3'", 'is a package of another layer'],
    ['src/main/core/a.ts', "const b = await import('../rpc/b.js')", 'belongs to rpc'],
    ['src/main/core/a.ts', "import { app } from 'electron'", 'is a package of another layer'],
    ['src/main/core/a.ts', "import fs from 'fs'", 'needs the prefix node:'],
    ['src/main/rpc/a.ts', "import type { B } from '../core/chat/b.js'", "behind core's entry"],
    ['src/main/rpc/a.ts', "import os from 'node:os'", 'is part of Node'],
    ['src/main/server/a.ts', "import { app } from 'electron/main'", 'is a package of another'],
    ['src/main/cli/a.ts', "export * from '../core/index.js'", 'belongs to core'],
    ['src/main/electron/a.ts', "import '../../renderer/src/b.js'", 'belongs to renderer'],
    ['src/main/cli.ts', "import './server/b.js'", 'belongs to server'],
    ['src/preload/a.ts', "import { b } from '../shared/b.js'", 'at run time'],
    ['src/renderer/src/a.tsx', "type B = import('../../main/core/b.js').B", 'belongs to core'],
    ['src/renderer/src/a.tsx', "import { test } from 'vitest'", 'is a package of another layer'],
    ['src/other/a.ts', '', 'belongs to no layer'],
  ])('sees in %s: %s', (file, text, message) => {
    expect(imports(file, text)).toEqual([expect.stringContaining(message)])
  })

  test.each([
    ['src/main/core/store/a.ts', "import db from 'better-sqlite3'"],
    ['src/main/core/a.ts', "import { b } from './store/queries/b.js'"],
    ['src/main/core/a.test.ts', "import { expect } from 'vitest'"],
    ['src/main/rpc/a.ts', "import type { B } from '../core/index.js'"],
    ['src/main/electron/a.ts', "import { app } from 'electron'"],
    ['src/preload/a.ts', "import type { B } from '../shared/b.js'"],
    ['src/renderer/src/a.tsx', "import { useState } from 'react'"],
  ])('allows in %s: %s', (file, text) => {
    expect(imports(file, text)).toEqual([])
  })

  test('sees a cycle, but not one of types', () => {
    const cycle = [
      parseSource('src/shared/a.ts', "import { b } from './b.js'"),
      parseSource('src/shared/b.ts', "export * from './c.js'"),
      parseSource('src/shared/c.ts', "import { a } from './a.js'"),
    ]
    const types = parseSource('src/shared/c.ts', "import type { A } from './a.js'")
    expect(findCycles(cycle)).toEqual([
      expect.stringContaining(
        'src/shared/a.ts → src/shared/b.ts → src/shared/c.ts → src/shared/a.ts',
      ),
    ])
    expect(findCycles([...cycle.slice(0, 2), types])).toEqual([])
  })

  test.each([
    ['noSuppressions', 'src/shared/a.ts', '// biome-ignore lint: because'],
    ['noSuppressions', 'src/shared/a.test.ts', '/* @ts-ignore */'],
    ['noSuppressions', 'src/shared/a.ts', '// @ts-expect-error'],
    ['noDefaultExports', 'src/shared/a.ts', 'export default 1'],
    ['kebabCase', 'src/shared/fooBar.ts', ''],
    ['kebabCase', 'src/Shared/foo.ts', ''],
    ['fileSize', 'src/shared/a.ts', '\n'.repeat(501)],
    ['fileSize', 'test/a.test.ts', '\n'.repeat(801)],
    ['sqlOnlyInStore', 'src/main/core/a.ts', 'const q = `select a from b`'],
    ['sqlOnlyInStore', 'src/main/core/a.ts', 'db.prepare(q)'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'const a = process.env.HOME'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'const a = Date.now()'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'const a = new Date()'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'globalThis.setTimeout(f, 1)'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'const a = performance.now()'],
    [
      'coreHasNoAmbience',
      'src/main/core/a.ts',
      "import { setTimeout as wait } from 'node:timers/promises'",
    ],
    ['compositionRoots', 'src/main/helper.ts', ''],
  ] as const)('%s sees a violation in %s', (rule, file, text) => {
    expect(sourceRules[rule](parseSource(file, text))).toHaveLength(1)
  })

  test.each([
    ['noSuppressions', 'src/shared/a.test.ts', '// @ts-expect-error'],
    ['fileSize', 'src/main/core/store/migrations/0001-a.ts', '\n'.repeat(2000)],
    ['sqlOnlyInStore', 'src/main/core/store/queries/a.ts', 'db.prepare(`select a from b`)'],
    ['sqlOnlyInStore', 'src/main/core/a.ts', "const a = 'Select a task, then wait'.length"],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'const a = new Date(at).toISOString()'],
    ['coreHasNoAmbience', 'src/main/core/a.ts', 'clock.setTimeout(f, 1)'],
    ['coreHasNoAmbience', 'src/main/server/a.ts', 'setTimeout(f, Date.now())'],
  ] as const)('%s finds nothing wrong in %s', (rule, file, text) => {
    expect(sourceRules[rule](parseSource(file, text))).toEqual([])
  })
})
