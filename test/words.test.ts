import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { englishIn } from './support/english-in-views.js'
import { parseSource } from './support/source-file.js'

const root = path.dirname(import.meta.dirname)

/** Views whose words have not moved into the catalogs yet. It only ever gets shorter. */
const STILL_ENGLISH: readonly string[] = ['features/agents/', 'features/tasks/']

/** What is the same in every language: a key, an address, a command, the name of a key on the keyboard. */
const NO_WORDS = [/"sk-ant-…"$/, /"Esc"$/, /"https:/, /"smart-agents execute/]

const views = globSync('src/renderer/src/**/*.tsx', { cwd: root }).sort()

function found(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  return englishIn(parseSource(file, text)).filter(
    (one) => !NO_WORDS.some((none) => none.test(one)),
  )
}

describe('the views', () => {
  const isStillEnglish = (file: string) =>
    STILL_ENGLISH.some((folder) => file.startsWith(`src/renderer/src/${folder}`))

  test('take their words from the catalogs', () => {
    expect(views.filter((file) => !isStillEnglish(file)).flatMap(found)).toEqual([])
  })

  test.each(STILL_ENGLISH)('still hold words in %s', (folder) => {
    const within = views.filter((file) => file.startsWith(`src/renderer/src/${folder}`))
    expect(within.flatMap(found)).not.toEqual([])
  })
})

test.each([
  ['<p>Save it</p>', 1],
  ['<p>{isOpen ? "Hide" : "Show"}</p>', 2],
  ['<Field label="Name" name="name" />', 1],
  ['<Field label={"Part " + number} />', 1],
  ['<p className="truncate">{text.saved}</p>', 0],
  ['<p>·</p>', 0],
  ['<h1>Smart Agents</h1>', 0],
])('%s has %i', (view, count) => {
  const source = `export const View = ({ isOpen, number, text }) => ${view}`
  expect(englishIn(parseSource('view.tsx', source))).toHaveLength(count)
})
