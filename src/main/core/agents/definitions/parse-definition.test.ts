import { describe, expect, it } from 'vitest'
import { parseDefinition } from './parse-definition.js'

const KNOWN = [
  ...['list_files', 'read_file', 'search_files', 'write_file', 'edit_file', 'run_command'],
  ...['update_plan', 'finish', 'send_mail'],
]
const ALWAYS = ['update_plan', 'finish']

const parse = (content: string | Uint8Array) =>
  parseDefinition(
    {
      path: '/w/a.md',
      source: 'workspace',
      content: typeof content === 'string' ? Buffer.from(content) : content,
    },
    KNOWN,
  )
const good = (content: string) => {
  const parsed = parse(content)
  return 'errors' in parsed ? expect.fail(JSON.stringify(parsed.errors)) : parsed
}
const bad = (content: string | Uint8Array) => {
  const parsed = parse(content)
  return 'errors' in parsed ? parsed.errors : expect.fail('it was taken')
}
/** A file with a name, a description and these further lines, the first of which is line 4. */
const file = (...lines: readonly string[]) =>
  ['---', 'name: a', 'description: Use it.', ...lines, '---', 'Be good.'].join('\n')

describe('a definition', () => {
  it('has all that the file says', () => {
    const { definition, warnings } = good(
      file(
        'tools: [read_file, send_mail]',
        'model: some-model',
        'limits:',
        '  maxTurns: 20',
        '  memoryBytes: 1000',
        'subscriptions: [build.failed]',
        'wake:',
        '  - cron: "0 9 * * 1-5"',
        '    timezone: Europe/Berlin',
        '    event: morning',
      ),
    )
    expect(definition).toEqual({
      name: 'a',
      description: 'Use it.',
      prompt: 'Be good.',
      tools: ['read_file', 'send_mail', ...ALWAYS],
      model: 'some-model',
      limits: { maxTurns: 20, memoryBytes: 1000 },
      subscriptions: ['build.failed'],
      wake: [{ cron: '0 9 * * 1-5', timezone: 'Europe/Berlin', event: 'morning' }],
      source: 'workspace',
      path: '/w/a.md',
    })
    expect(warnings).toEqual([])
  })

  it('has everything where the file says little', () => {
    expect(good(file()).definition).toMatchObject({ tools: null, model: null, limits: {} })
  })

  it.each([
    ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['with blanks after the marks', (text: string) => text.replaceAll('---', '---  ')],
  ])('may be written %s', (_how, change) => {
    const { definition, warnings } = good(change(file()))
    expect(definition).toMatchObject({ name: 'a', prompt: 'Be good.' })
    expect(warnings).toEqual([])
  })

  it('keeps rules and lines of the prompt', () => {
    expect(good(`${file()}\n\n---\n\nMore.\n`).definition.prompt).toBe('Be good.\n\n---\n\nMore.')
  })

  it.each([
    ['__proto__: {tools: []}', '__proto__: is not known'],
    ['colour: red', 'colour: is not known'],
    ['limits: {turns: 3}', 'limits.turns: is not known'],
    ['model: Opus', 'model: "Opus" names a model in Claude Code only'],
    ['tools:', 'tools: is empty, so all are granted'],
    ['tools: Read, WebFetch', 'there is no "WebFetch" here'],
    ['tools: [mcp__github__search]', 'there is no "mcp__github__search" here'],
    ['tools: Bash(git log:*)', '"Bash(git log:*)" cannot be granted in part'],
    ['disallowedTools: Bash(rm:*)', '"Bash(rm:*)" cannot be refused in part'],
    ['limits: !other {}', 'Unresolved tag'],
  ])('is taken with a warning: %s', (line, message) => {
    expect(good(file(line)).warnings).toEqual([
      { line: 4, message: expect.stringContaining(message) },
    ])
  })

  it('is taken with a warning without a prompt', () => {
    expect(good(file().replace('Be good.', ' ')).warnings).toMatchObject([{ line: 1 }])
  })
})

describe('a file of Claude Code', () => {
  it.each([
    ['tools: Read, Grep, Glob, LS', ['read_file', 'search_files', 'list_files']],
    [
      'tools: [Bash, Edit, MultiEdit, Write, TodoWrite]',
      ['run_command', 'edit_file', 'write_file', 'update_plan'],
    ],
    ['tools: "*"', null],
    ['tools: []', []],
    ['tools: Task(helper, other), Read', ['read_file']],
    ['tools: Bash(git log:*), Read', ['read_file']],
    ['tools: Read, Bash\ndisallowedTools: Bash(rm:*)', ['read_file']],
    ['disallowedTools: Write, Edit, WebFetch', KNOWN.filter((name) => !/^(write|edit)/.test(name))],
  ])('grants by %s', (line, tools) => {
    expect(new Set(good(file(line)).definition.tools ?? ['all'])).toEqual(
      new Set(tools === null ? ['all'] : [...tools, ...ALWAYS]),
    )
  })

  it('names no model that others know', () => {
    const { definition, warnings } = good(file('model: inherit'))
    expect(definition.model).toBeNull()
    expect(warnings).toEqual([])
    expect(good(file('model: sonnet')).definition.model).toBeNull()
  })

  it('may say what means nothing here', () => {
    const { definition, warnings } = good(file('color: red', 'memory: user', 'maxTurns: 7'))
    expect(definition.limits).toEqual({ maxTurns: 7 })
    expect(warnings).toEqual([])
  })

  it('may have a description that is no YAML', () => {
    const text = 'Use this: when <example>user: "hi"\\nassistant: "ho"</example>'
    const { definition, warnings } = good(`---\nname: a\ndescription: ${text}\n---\nBe good.`)
    expect(definition.description).toBe(text)
    expect(warnings).toEqual([{ line: 3, message: expect.stringContaining('needs quotes') }])
  })
})

describe('a file that cannot be taken', () => {
  it.each([
    ['', 1, 'no front matter'],
    ['# A heading\n', 1, 'no front matter'],
    ['---\nname: a\n', 1, 'does not end'],
    ['---\n- a\n---\n', 2, 'must be fields'],
    ['---\n---\nBe good.', 2, 'must be fields'],
    ['---\ndescription: d\n---\n', 1, 'name is missing'],
    ['---\ndescription: d\nname:\n---\n', 3, 'name is missing'],
    ['---\nname: a\n---\n', 1, 'description is missing'],
    ['---\nname: a\n\ndescription: " "\n---\n', 4, 'description: must not be empty'],
    ['---\ndescription: d\nname: a b\n---\n', 3, 'name: must be letters'],
    ['---\nname: 12\ndescription: d\n---\n', 2, 'name: Invalid input: expected string'],
    ['---\nname: a\ndescription: [d\n---\n', 3, 'Flow sequence'],
    [file('tools: {Read: true}'), 4, 'tools: must be a list'],
    [file('tools: [read_file, 3]'), 4, 'tools: must be a list'],
    [file('model: 3'), 4, 'model: Invalid input'],
    [file('model: [a]'), 4, 'model: Invalid input'],
    [file('name: b'), 4, 'unique'],
    [file('limits: 3'), 4, 'limits: Invalid input'],
    [file('limits:', '  maxTokens: 5', '  maxTurns: many'), 6, 'limits.maxTurns: Invalid input'],
    [file('limits: {maxQueue: 0}'), 4, 'limits.maxQueue: Too small'],
    [file('color: red', 'maxTurns: -1'), 5, 'limits.maxTurns: Too small'],
    [file('wake:', '  - {cron: "0 9 * * *", event: e}', '  - {event: e}'), 6, 'wake.1.cron'],
    [file('wake:', '  - cron: "99 9 * * *"', '    event: e'), 5, 'wake: cron: "99 9 * * *"'],
    [file('subscriptions:', '  - a', '  - [b]'), 6, 'subscriptions.1: Invalid input'],
  ])('tells where: %j', (text, line, message) => {
    expect(bad(text)).toEqual([{ line, message: expect.stringContaining(message) }])
  })

  it('names each tool that there is not, and those that there are', () => {
    const errors = bad(file('tools:', '  - read_file', '  - raed_file', '  # no', '  - fly'))
    expect(errors).toEqual([
      {
        line: 6,
        message: `tools: there is no tool "raed_file"; the tools are ${KNOWN.join(', ')}`,
      },
      { line: 8, message: expect.stringContaining('there is no tool "fly"') },
    ])
    expect(bad(file('tools: Read, Raed'))[0]).toMatchObject({ line: 4 })
  })

  it('counts lines in a file of Windows as well', () => {
    expect(bad(file('limits: 3').replaceAll('\n', '\r\n'))).toMatchObject([{ line: 4 }])
  })

  it('is larger than a prompt can be', () => {
    const text = file()
    const room = 256 * 1024 - text.length
    expect(good(text + 'x'.repeat(room)).definition.prompt).toHaveLength(room + 8)
    expect(bad(text + 'x'.repeat(room + 1))).toEqual([
      { line: 1, message: 'the file is larger than 256 KB' },
    ])
  })

  it('is not UTF-8', () => {
    expect(bad(Buffer.from(`${file()}\xE9`, 'latin1'))).toEqual([
      { line: 1, message: 'the file is not UTF-8' },
    ])
  })

  it('grows by aliases', () => {
    const layers = Array.from({ length: 12 }, (_, n) =>
      n === 0 ? 'x0: &x0 [a, b]' : `x${n}: &x${n} [${`*x${n - 1},`.repeat(9)}]`,
    )
    expect(bad(file(...layers))).toMatchObject([{ line: 2 }])
  })
})
