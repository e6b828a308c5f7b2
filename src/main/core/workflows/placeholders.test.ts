import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { fillIn, shellProblem, shellWord } from './placeholders.js'

it('a value is filled in once, and what looks like a placeholder in it stays', () => {
  const values = new Map([
    ['a', '{{b}} $& $1'],
    ['b', 'B'],
  ])
  expect(fillIn('{{a}}-{{ b }}-{{a}}', (name) => values.get(name) ?? '')).toBe(
    '{{b}} $& $1-B-{{b}} $& $1',
  )
})

it.each([
  "it's",
  '$(echo no)',
  '`echo no`',
  '; echo no',
  '" && echo no',
  "'; echo no; '",
  '\\',
  '*',
  '',
])('the shell reads %j as one word', (value) => {
  const printed = execFileSync('/bin/sh', ['-c', `printf '<%s>' ${shellWord(value)}`])
  expect(printed.toString()).toBe(`<${value}>`)
})

it.each([
  ['grep {{x}} a.txt', null],
  ['test "$A" = {{x}} && echo "yes"', null],
  ['grep "{{x}}" a.txt', /outside of quotes/],
  ["grep '{{x}}' a.txt", /outside of quotes/],
  ['grep \\{{x}} a.txt', /outside of quotes/],
  ['true # {{x}}', /outside of quotes/],
  ['echo `cat {{x}}`', /backticks/],
  ['echo $' + '{A:-{{x}}}', /backticks/],
  ['sh -c {{x}}', /sh -c/],
  ['eval {{x}}', /eval/],
  ['cd "a" && {{line}} "{{line}}"', null],
] as const)('in %j', (line, message) => {
  const found = shellProblem(line, (name) => name === 'x')
  if (message === null) expect(found).toBeNull()
  else expect(found).toMatch(message)
})
