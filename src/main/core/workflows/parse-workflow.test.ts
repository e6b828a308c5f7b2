import { expect, it } from 'vitest'
import { parseWorkflow } from './parse-workflow.js'

const place = { path: '/w/ship.yaml', source: 'workspace' } as const
const parse = (text: string | Uint8Array) =>
  parseWorkflow(typeof text === 'string' ? Buffer.from(text) : text, place)
const PART = 'parts:\n  - { key: a, title: A, description: do it }\n'

it('has the name of the file, and inputs as fields or as a list', () => {
  const found = parse(
    `goal: "ship {{what}}"\ninputs:\n  what:\n  level: { default: 3 }\n  opt: { required: false }\n${PART}`,
  )
  expect(found).toMatchObject({
    workflow: {
      name: 'ship',
      source: 'workspace',
      inputs: [
        { name: 'what', required: true },
        { name: 'level', required: false, default: '3' },
        { name: 'opt', required: false },
      ],
      parts: [{ key: 'a', dependsOn: [], checks: [] }],
    },
  })
  expect(parse(`goal: g\ninputs:\n  - name: what\n${PART}`)).toMatchObject({
    workflow: { inputs: [{ name: 'what', required: true }] },
  })
})

it.each([
  ['no YAML', 'goal: [', 1, /./],
  ['a list', '- a', 1, /must be fields/],
  ['no goal', PART, 1, /^goal: is missing/],
  ['an unknown field', `goal: g\ngaol: x\n${PART}`, 2, /^gaol: is not known/],
  [
    'an unknown field of a part',
    'goal: g\nparts:\n  - key: a\n    title: A\n    description: d\n    depends: [b]\n',
    6,
    /depends: is not known/,
  ],
  [
    'an unknown placeholder',
    `description: d\ngoal: do {{it}}\n${PART}`,
    2,
    /\{\{it\}\} is no input; there are none/,
  ],
  [
    'a placeholder in a check',
    'goal: g\nparts:\n  - key: a\n    title: A\n    description: d\n    checks:\n      - npm test\n      - "grep {{x}} a"\n',
    8,
    /\{\{x\}\}/,
  ],
  [
    'a value within quotes of a command',
    'goal: g\ninputs: { x: }\nparts:\n  - key: a\n    title: A\n    description: d\n    checks:\n      - kind: command\n        command: grep "{{x}}" a\n',
    8,
    /outside of quotes/,
  ],
  [
    'two parts of one key',
    `goal: g\n${PART}  - { key: a, title: B, description: d }\n`,
    4,
    /two parts with the key "a"/,
  ],
  [
    'no such part',
    'goal: g\nparts:\n  - key: a\n    title: A\n    description: d\n    dependsOn: [z]\n',
    6,
    /no part "z"/,
  ],
  [
    'a circle',
    'goal: g\nparts:\n  - { key: z, title: A, description: d, dependsOn: [b] }\n  - { key: a, title: A, description: d, dependsOn: [b] }\n  - { key: b, title: A, description: d, dependsOn: [a] }\n',
    4,
    /wait for each other: a, b$/,
  ],
  [
    'an unknown when',
    'goal: g\nparts:\n  - key: a\n    title: A\n    description: d\n    when: x\n',
    6,
    /"x" is no input/,
  ],
  ['a bad name of an input', `goal: g\ninputs:\n  a-b:\n${PART}`, 3, /letters, digits/],
  [
    'a default of what is required',
    `goal: g\ninputs:\n  a: { required: true, default: x }\n${PART}`,
    3,
    /cannot be required/,
  ],
] as const)('%s is a problem at its line', (_what, text, line, message) => {
  const found = parse(text)
  expect(found).toMatchObject({ errors: [{ line, message: expect.stringMatching(message) }] })
})

it('more than 100 parts, a file that is too large or no text, and a bomb of aliases are refused', () => {
  const parts = Array.from(
    { length: 101 },
    (_, i) => `  - { key: k${i}, title: t, description: d }\n`,
  )
  expect(parse(`goal: g\nparts:\n${parts.join('')}`)).toMatchObject({
    errors: [{ line: 2, message: expect.stringMatching(/more than 100 parts/) }],
  })
  expect(parse(new Uint8Array(256 * 1024 + 1))).toMatchObject({
    errors: [{ message: expect.stringMatching(/256 KB/) }],
  })
  expect(parse(Uint8Array.of(0xff, 0xfe))).toMatchObject({
    errors: [{ message: expect.stringMatching(/UTF-8/) }],
  })
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]']
  for (const [one, other] of ['ab', 'bc', 'cd', 'de'].map((pair) => [...pair])) {
    bomb.push(`${other}: &${other} [${Array(10).fill(`*${one}`).join(',')}]`)
  }
  expect(parse(bomb.join('\n'))).toHaveProperty('errors')
})
