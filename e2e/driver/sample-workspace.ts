import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const LARGE_FILE_LINES = 900

/**
 * A small project: two modules that need each other, one large file, a TODO, and tests that pass
 * when they are run. Each file of tests waits for `gate` to be there, so that a test decides how long
 * they take.
 */
export function writeSampleWorkspace(folder: string): void {
  const files: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify(
      {
        name: 'sample',
        version: '1.0.0',
        type: 'module',
        scripts: { test: 'node --test', build: 'node build.js' },
      },
      null,
      2,
    ),
    'README.md': '# Sample\n\nA project for agents to work on.\n',
    'build.js': "console.log('built')\n",
    'src/add.js':
      "import { sign } from './sign.js'\n\nexport const add = (a, b) => a + b * sign(b) * sign(b)\n",
    'src/sign.js':
      "import { add } from './add.js'\n\n// TODO: what of NaN?\nexport const sign = (x) => (x < 0 ? -1 : 1)\nexport const twice = (x) => add(x, x)\n",
    'src/large.js': Array.from(
      { length: LARGE_FILE_LINES },
      (_, line) => `export const constant${line} = ${line}\n`,
    ).join(''),
    'test/add.test.js': `import assert from 'node:assert'
import { once } from 'node:events'
import { existsSync, watch } from 'node:fs'
import { test } from 'node:test'
import { add } from '../src/add.js'

test('adds', async () => {
  const watcher = watch('.')
  while (existsSync('hold')) await once(watcher, 'change')
  watcher.close()
  assert.equal(add(2, 3), 5)
})
`,
  }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
