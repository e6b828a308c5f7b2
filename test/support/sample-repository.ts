import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Runs git as nobody in particular: whoever runs the tests may have signing keys and hooks. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost']
  return execFileSync('git', ['-C', folder, ...identity, ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A repository with one commit. @returns its folder */
export function repositoryWith(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '.')
  git(folder, 'commit', '-qm', 'Begin')
  return folder
}

/** A small shop in JavaScript, with tests that pass. */
export const SHOP: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { test: 'node --test' },
  }),
  'src/index.js': "export { total } from './total.js'\n",
  'src/total.js':
    'export const total = (prices) => prices.reduce((sum, price) => sum + price, 0)\n',
  'test/total.test.js': `import { strictEqual } from 'node:assert'
import { test } from 'node:test'
import { total } from '../src/index.js'
test('adds up', () => strictEqual(total([1, 2]), 3))
`,
}

/** A word counter in Python, with tests that pass. */
export const COUNTER: Readonly<Record<string, string>> = {
  'counter.py': 'def count(text):\n    return len(text.split())\n',
  'test_counter.py': `import unittest
from counter import count


class CountTest(unittest.TestCase):
    def test_words(self):
        self.assertEqual(count("one two"), 2)


if __name__ == "__main__":
    unittest.main()
`,
  '.gitignore': '__pycache__/\n',
}
