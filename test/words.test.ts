import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseSource } from './support/source-file.js'
import { englishIn } from './support/written-english.js'

const root = path.dirname(import.meta.dirname)

/** What is the same in every language: a key, an address, a command, the name of a key on the keyboard. */
const NO_WORDS = [/"sk-ant-…"$/, /"Esc"$/, /"https:/, /"smart-agents execute/]

const sources = globSync('src/renderer/src/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !file.startsWith('src/renderer/src/text/'))
  .sort()

function found(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  return englishIn(parseSource(file, text)).filter(
    (one) => !NO_WORDS.some((none) => none.test(one)),
  )
}

test('the window takes its words from the catalogs', () => {
  expect(sources.flatMap(found)).toEqual([])
})

test.each([
  ['<p>Save it</p>', 1],
  ['<p>{isOpen ? "Hide" : "Show"}</p>', 2],
  ['<Field label="Name" name="name" />', 1],
  ['<Field label={"Part " + number} />', 1],
  ['<Button onClick={() => save().catch(failed("Not saved"))} />', 1],
  ['<p className="truncate font-medium">{text.saved}</p>', 0],
  ['<p>·</p>', 0],
  ['<h1>Smart Agents</h1>', 0],
])('%s has %i', (view, count) => {
  const source = `export const View = ({ isOpen, number, text }) => ${view}`
  expect(englishIn(parseSource('view.tsx', source))).toHaveLength(count)
})

test.each([
  ["const STATES = { idle: 'Idle', done: 'mended it' }", 2],
  [`const say = (count: number) => \`\${count} of them are running\``, 1],
  ["const text = failed ? 'exit code' : null", 1],
  ["throw new AppError('invalid_state', 'The task has just ended')", 1],
  ["type State = 'Not started' | 'Ended'", 0],
  ["if (event.key === 'Escape') console.warn('nothing was read')", 0],
  [`const isLimit = name.endsWith('Threshold') && text[\`\${name}Hint\`]`, 0],
  ["const keys = ['Mod+Shift+1', 'ArrowDown', 'Escape']", 0],
  ["throw new Error('no command has the id')", 0],
  ["const ROW = 'flex h-5 shrink-0 items-center rounded px-1.5 hover:bg-hover'", 0],
  ["host.call('task.get', { taskId })", 0],
])('%s has %i', (source, count) => {
  expect(englishIn(parseSource('text.ts', source))).toHaveLength(count)
})
