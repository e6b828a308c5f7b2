import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../../../test/support/simulated-clock.js'
import { AgentDefinitions } from './load-definitions.js'

let root: string
let workspace: string
let definitions: AgentDefinitions
let clock: SimulatedClock
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'definitions-')))
  workspace = join(root, 'workspace')
  mkdirSync(workspace)
  clock = new SimulatedClock()
  definitions = new AgentDefinitions({
    clock,
    resourcesDirectory: join(root, 'resources'),
    homeDirectory: join(root, 'home'),
    dataDirectory: join(root, 'data'),
    knownTools: ['read_file', 'update_plan', 'finish'],
  })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const OWN = 'workspace/.smart-agents/agents'
const text = (name: string, prompt: string) =>
  `---\nname: ${name}\ndescription: Use it.\n---\n${prompt}\n`
function write(path: string, content: string): string {
  const absolute = join(root, path)
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, content)
  return absolute
}
/** What is found is remembered for a second. */
const find = (name: string, where: string) => {
  clock.advance(2000)
  return definitions.find(name, where)
}
const promptOf = async (name: string) => (await find(name, workspace))?.prompt
const namesOf = async () =>
  (await definitions.list(workspace)).definitions.map((definition) => definition.name)
const problems = async () => (await definitions.list(workspace)).problems

describe('definitions', () => {
  it('are none where there are no folders', async () => {
    expect(await definitions.list(workspace)).toEqual({ definitions: [], problems: [] })
    expect(await find('a', workspace)).toBeUndefined()
  })

  it('come from the place that is nearest to the workspace', async () => {
    const places: [string, string][] = [
      ['resources/agents', 'builtin'],
      ['home/.claude/agents', 'user'],
      ['data/agents', 'user'],
      ['workspace/.claude/agents', 'workspace'],
      [OWN, 'workspace'],
    ]
    for (const [folder, source] of places) {
      const path = write(`${folder}/a.md`, text('a', `from ${folder}`))
      expect(await find('a', workspace)).toMatchObject({
        prompt: `from ${folder}`,
        source,
        path,
      })
    }
    expect(await namesOf()).toEqual(['a'])
    expect(await find('a', join(root, 'elsewhere'))).toMatchObject({
      prompt: 'from data/agents',
    })
  })

  it('lie in a folder and the folders in it, in files that are Markdown', async () => {
    write(`${OWN}/b.md`, text('b', 'Be good.'))
    write(`${OWN}/team/a.MD`, text('a', 'Be good.'))
    write(`${OWN}/team/deep/c.md`, text('c', 'Be good.'))
    write(`${OWN}/d.txt`, text('d', 'Be good.'))
    write(`${OWN}/.e.md`, text('e', 'Be good.'))
    expect(await namesOf()).toEqual(['a', 'b'])
  })

  it('are seen as they are now', async () => {
    const path = write(`${OWN}/a.md`, text('a', 'one'))
    expect(await promptOf('a')).toBe('one')
    writeFileSync(path, text('a', 'two'))
    utimesSync(path, 1, 1)
    expect(await promptOf('a')).toBe('two')
    const [same] = (await definitions.list(workspace)).definitions
    expect((await definitions.list(workspace)).definitions[0]).toBe(same)
    rmSync(path)
    expect(await promptOf('a')).toBeUndefined()
  })

  it('are read once where the workspace is the home directory', async () => {
    write('home/.claude/agents/a.md', 'broken')
    const found = await definitions.list(join(root, 'home'))
    expect(found.problems).toHaveLength(1)
  })
})

describe('a file that is wrong', () => {
  it('stops none of the others', async () => {
    write(`${OWN}/a.md`, text('a', 'good'))
    const path = write(`${OWN}/b.md`, '---\nname: b\ndescription: d\ntools: fly\n---\n')
    expect(await namesOf()).toEqual(['a'])
    expect(await problems()).toEqual([
      { path, line: 4, message: expect.stringContaining('"fly"'), severity: 'error' },
    ])
  })

  it('leaves the one in force that it was to replace', async () => {
    write('resources/agents/a.md', text('a', 'built in'))
    write(`${OWN}/a.md`, 'broken')
    expect(await promptOf('a')).toBe('built in')
  })

  it('has the name of another in its folder', async () => {
    const first = write(`${OWN}/a.md`, text('a', 'first'))
    const path = write(`${OWN}/b.md`, text('a', 'second'))
    expect(await promptOf('a')).toBe('first')
    expect(await problems()).toEqual([
      { path, line: 1, message: expect.stringContaining(first), severity: 'warning' },
    ])
  })

  it.skipIf(process.platform === 'win32')('is a pipe', async () => {
    const path = write(`${OWN}/a.md`, '')
    rmSync(path)
    execFileSync('mkfifo', [path])
    expect(await problems()).toMatchObject([{ path, severity: 'error' }])
  })

  it.skipIf(process.getuid?.() === 0)('may not be read', async () => {
    write(`${OWN}/a.md`, text('a', 'Be good.'))
    const path = write(`${OWN}/b.md`, text('b', 'Be good.'))
    chmodSync(path, 0)
    expect(await namesOf()).toEqual(['a'])
    expect(await problems()).toMatchObject([{ path, severity: 'error' }])
    chmodSync(path, 0o600)
    expect(await namesOf()).toEqual(['a', 'b'])
  })

  it('is a folder, or gone behind a link', async () => {
    mkdirSync(join(root, OWN, 'a.md'), { recursive: true })
    symlinkSync('nowhere', join(root, OWN, 'b.md'))
    write(`${OWN}/c.md`, text('c', 'Be good.'))
    expect(await namesOf()).toEqual(['c'])
    expect(await problems()).toMatchObject([{ path: join(root, OWN, 'b.md'), severity: 'error' }])
  })
})

describe('a link', () => {
  it('may lead to a file of the same folder, and not out of it', async () => {
    write(`${OWN}/team/a.txt`, text('a', 'inside'))
    write('workspace/secret.txt', text('b', 'a private key'))
    symlinkSync('team/a.txt', join(root, OWN, 'a.md'))
    symlinkSync('../../secret.txt', join(root, OWN, 'b.md'))
    expect(await promptOf('a')).toBe('inside')
    expect(await namesOf()).toEqual(['a'])
    expect(await problems()).toMatchObject([
      { path: join(root, OWN, 'b.md'), message: expect.stringContaining('outside') },
    ])
    write(`${OWN}/team/a.txt`, text('a', 'changed'))
    expect(await promptOf('a')).toBe('changed')
  })

  it('may be the folder of a person, but does not lead a workspace elsewhere', async () => {
    write('dotfiles/a.md', text('a', 'Be good.'))
    mkdirSync(join(root, 'data'))
    symlinkSync(join(root, 'dotfiles'), join(root, 'data/agents'))
    expect(await namesOf()).toEqual(['a'])
    rmSync(join(root, 'data/agents'))
    mkdirSync(join(root, 'workspace/.claude'))
    symlinkSync(join(root, 'dotfiles'), join(root, 'workspace/.claude/agents'))
    expect(await namesOf()).toEqual([])
    expect(await problems()).toMatchObject([
      { path: join(workspace, '.claude/agents'), message: expect.stringContaining('outside') },
    ])
  })
})

describe('a folder', () => {
  it('may hold two hundred files; more are told of', async () => {
    for (let n = 100; n < 301; n += 1) write(`${OWN}/a${n}.md`, text(`a${n}`, 'Be good.'))
    expect(await namesOf()).toHaveLength(200)
    expect(await promptOf('a300')).toBeUndefined()
    expect((await problems()).filter(({ severity }) => severity === 'error')).toMatchObject([
      { path: join(root, OWN), message: expect.stringContaining('a299.md') },
    ])
  })

  it('is told of where it is a file', async () => {
    write('data/agents', '')
    expect(await problems()).toMatchObject([{ path: join(root, 'data/agents'), severity: 'error' }])
  })
})
