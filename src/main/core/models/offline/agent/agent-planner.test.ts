import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../../../test/support/simulated-clock.js'
import type { PlanStep } from '../../../../../shared/model/task.js'
import type { ProcessEnd, SpawnRequest } from '../../../ports.js'
import { agentTools } from '../../../tools/agent-tools.js'
import type { ToolOutcome } from '../../../tools/tool.js'
import { createToolRegistry } from '../../../tools/tool-registry.js'
import type { ContentBlock, ModelMessage } from '../../model-client.js'
import { planTurn } from '../offline-model.js'

const registry = createToolRegistry(agentTools({ clock: new SimulatedClock() }), {
  logger: new SilentLogger(),
})

let workspace: string
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'offline-'))
})
afterEach(() => rm(workspace, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const target = path.join(workspace, name)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, text)
  }
}

/** The port that a host gives to tools, on real processes. */
function run(request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>): Promise<ProcessEnd> {
  const { command, cwd, onOutput } = request
  const child =
    command.kind === 'shell'
      ? spawn(command.line, { shell: true, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(command.file, [...command.args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.setEncoding('utf8').on('data', (text: string) => onOutput?.(text, 'stdout'))
  child.stderr.setEncoding('utf8').on('data', (text: string) => onOutput?.(text, 'stderr'))
  return new Promise((resolve) => {
    child.on('close', (exitCode, signal) => {
      resolve({ exitCode, signal, endedBy: 'itself', durationMs: 100, peakMemoryBytes: null })
    })
  })
}

interface Ran {
  readonly success: boolean
  readonly report: string
  readonly plans: readonly (readonly PlanStep[])[]
  readonly commands: readonly string[]
  readonly turns: number
}

type Execute = (name: string, input: unknown) => Promise<ToolOutcome> | ToolOutcome

/** Drives a task to its end as the loop does. `between` may add to the transcript before a turn. */
async function drive(
  description: string,
  execute: Execute = realTools,
  between: (turn: number) => readonly ContentBlock[] = () => [],
): Promise<Ran> {
  const messages: ModelMessage[] = [
    { role: 'user', content: [{ type: 'text', text: promptFor(description) }] },
  ]
  const plans: (readonly PlanStep[])[] = []
  const commands: string[] = []
  for (let turn = 0; turn < 100; turn++) {
    const { text, calls } = planTurn({ messages, tools: registry.definitions })
    const uses = calls.map(
      (call, index): ContentBlock => ({ type: 'tool_use', id: `${turn}.${index}`, ...call }),
    )
    messages.push({ role: 'assistant', content: [{ type: 'text', text }, ...uses] })
    const results: ContentBlock[] = []
    for (const [index, { name, input }] of calls.entries()) {
      if (name === 'update_plan') plans.push(input['steps'] as PlanStep[])
      if (name === 'run_command') commands.push(String(input['command']))
      const outcome = await execute(name, input)
      if (outcome.finish !== undefined)
        return { ...outcome.finish, plans, commands, turns: turn + 1 }
      const { content, isError } = outcome
      results.push({ type: 'tool_result', toolUseId: `${turn}.${index}`, content, isError })
    }
    if (calls.length === 0)
      return { success: false, report: text, plans, commands, turns: turn + 1 }
    messages.push({ role: 'user', content: [...results, ...between(turn)] })
  }
  throw new Error('the run does not end')
}

function promptFor(description: string): string {
  return `Task: ${description}\nType: agent_execution\nAgent: test\nWorkspace: ${workspace}`
}

const realTools: Execute = (name, input) =>
  registry.execute(name, input, {
    callId: 'call',
    workspace,
    signal: new AbortController().signal,
    output: () => undefined,
    spawn: run,
    setPlan: () => undefined,
    noteChange: () => undefined,
  })

describe('running things', () => {
  it('finds the tests, runs them, and reports what they counted', async () => {
    await write({
      'package.json': JSON.stringify({ scripts: { test: 'node --test' } }),
      'a.test.mjs':
        "import test from 'node:test'\nimport assert from 'node:assert'\ntest('adds', () => {})\ntest('breaks', () => assert.fail())\n",
    })
    const ran = await drive('Run the tests')
    expect(ran.commands).toEqual(['npm test'])
    expect(ran.success).toBe(false)
    expect(ran.report).toMatch(
      /^# Failed: 1 passed, 1 failed\. `npm test` ended with exit code 1 after/,
    )
    expect(ran.report).toContain('## Failing\n\n- `breaks`')
    expect(ran.report).toContain('script "test" of package.json (`node --test`)')
  })

  it('shows a plan whose steps are the work, one active at a time', async () => {
    await write({ Makefile: 'test:\n\t@echo fine\n' })
    const { plans, success } = await drive('Run the tests')
    expect(success).toBe(true)
    expect(plans[0]?.map((step) => step.state)).toEqual(['active', 'pending', 'pending', 'pending'])
    for (const plan of plans) {
      expect(plan.filter((step) => step.state === 'active').length).toBeLessThanOrEqual(1)
    }
    expect(
      plans.some((plan) =>
        plan.some((step) => step.title === 'Run make test' && step.state === 'active'),
      ),
    ).toBe(true)
    expect(plans.at(-1)?.every((step) => step.state === 'done')).toBe(true)
  })

  it('looks into folders below when the workspace has no command of its own', async () => {
    await write({
      'packages/a/Makefile': 'test:\n\t@echo a is fine\n',
      'packages/b/Makefile': 'test:\n\t@exit 3\n',
    })
    const ran = await drive('run the tests')
    expect(ran.commands).toEqual(['cd packages/a && make test', 'cd packages/b && make test'])
    expect(ran.success).toBe(false)
    expect(ran.report).toContain('a is fine')
  })

  it('says where it looked when there is nothing to run', async () => {
    const ran = await drive('Run the tests')
    expect(ran).toMatchObject({ success: false, commands: [] })
    expect(ran.report).toMatch(/^# No command was found for the tests, so nothing was run\./)
    expect(ran.report).toContain('what the folder has: nothing')
  })

  it('runs a named command, and several parts of one task', async () => {
    await write({ 'a.txt': 'x\n' })
    const ran = await drive(
      'Run `echo one && exit 0` and then survey the workspace for large files',
    )
    expect(ran.commands).toEqual(['echo one && exit 0'])
    expect(ran.success).toBe(true)
    expect(ran.report).toContain('## Run echo one && exit 0')
    expect(ran.report).toContain('`a.txt`')
  })

  it('says what of a description it did not honour', async () => {
    const { success, report, commands } = await drive('Run `echo a` twice with timeout 5 seconds')
    expect(success).toBe(true)
    expect(commands).toEqual(['echo a'])
    expect(report).toContain('“twice”: it ran once')
    expect(report).toContain('the time limit of 5 s')
  })

  it('says that free-form work is beyond it, and touches nothing', async () => {
    const ran = await drive('Fix the crash of `rm -rf /` in the parser')
    expect(ran).toMatchObject({ success: false, commands: [], turns: 1 })
    expect(ran.report).toMatch(/^# Nothing was done\./)
    expect(ran.report).toContain('ANTHROPIC_BASE_URL')
  })
})

describe('looking at things', () => {
  it('surveys a folder from what the tools return', async () => {
    await write({
      'src/a.ts': "import './b.js'\n// TODO: less\n",
      'src/b.ts': "import './a.js'\n",
      'src/b.test.ts': "import './b.js'\n",
      'src/größe 文件.ts': 'x\n'.repeat(600),
      'src/p.py': 'x = 1\n',
      'other/big.txt': 'y'.repeat(5_000),
    })
    const { report, success } = await drive('survey src')
    expect(success).toBe(true)
    expect(report).toContain('`src` has **5 files, 605 lines')
    expect(report).toContain('| `src/größe 文件.ts` | 1.2 KB | 600 |')
    expect(report).toContain('`src/a.ts:2` `TODO: less`')
    expect(report).toContain('- `src/a.ts` → `src/b.ts` → `src/a.ts`')
    expect(report).toContain('Test code: 1 file, 1 line. Other code: 4 files, 604 lines.')
    expect(report).toContain('not a git repository')
    expect(report).not.toContain('big.txt')
  })

  it('leaves the history out for an agent that may not run commands, and says so', async () => {
    await write({ 'a.ts': 'x\n' })
    const forbidden = { content: 'forbidden: run_command was not granted to you', isError: true }
    const { report, success } = await drive('survey this workspace', (name, input) =>
      name === 'run_command' ? forbidden : realTools(name, input),
    )
    expect(success).toBe(true)
    expect(report).toContain('Not read: this agent may not run commands.')
  })

  it('keeps to what was asked for', async () => {
    await write({ 'src/a.ts': 'x\n', 'src/b.ts': 'x\n'.repeat(900) })
    const { report, plans } = await drive('find files over 500 lines in src')
    expect(report).toContain('## Files of at least 500 lines')
    expect(report).toContain('src/b.ts')
    expect(report).not.toContain('src/a.ts')
    expect(report).not.toContain('Git history')
    expect(plans[0]?.map((step) => step.title)).toEqual([
      'List the files of src',
      'Write the report',
    ])
  })

  it('reads the history of a repository', async () => {
    await write({ 'a.txt': 'x\n' })
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=Ann | B', '-c', 'user.email=a@b', ...args], {
        cwd: workspace,
      })
    await git('init', '-q')
    expect((await drive('show the git history')).report).toContain('no commits yet')
    await git('add', '.')
    await git('commit', '-qm', 'Begin `here` | there')
    const { report, success } = await drive('show the git history')
    expect(success).toBe(true)
    expect(report).toContain('**1 commit** in all')
    expect(report).toContain('Begin `here` | there')
  })

  it.each([
    ['survey nowhere/at/all', false, '`nowhere/at/all` was not found'],
    [
      'survey nowhere',
      true,
      'There is no file or folder `nowhere`, so the whole workspace was looked at.',
    ],
    ['survey a.ts', true, '`a.ts` is one file: 2 lines'],
    ['search for needle', true, '**1 line in 1 file** of the workspace'],
    ['search for "nee(dle"', true, '**Nothing found:**'],
    ['search for hay needle', true, 'these lines have them in this order'],
    ['search for needle in gone', true, 'There is no file or folder `gone`'],
    ['search for needle in gone/now', false, 'Not searched'],
    ['compare a.ts and b.ts', true, '1 line only in `a.ts`, 1 line only in `b.ts`'],
    ['compare d and e', true, 'Only in `d`\n\n- `x`'],
    ['compare a.ts and d', false, '`d` is a folder'],
    ['compare apples and pears', true, 'Neither `apples` nor `pears` is a file or folder'],
  ])('%j', async (description, success, text) => {
    await write({
      'a.ts': 'hay and needle\nsame\n',
      'b.ts': 'hay\nsame\n',
      'd/x': '1',
      'd/y': '1',
      'e/y': '22',
    })
    const ran = await drive(description)
    expect(ran.report).toContain(text)
    expect(ran.success).toBe(success)
  })

  it('surveys an empty workspace', async () => {
    expect(await drive('survey the workspace')).toMatchObject({ success: true, turns: 2 })
  })

  it('reads 10,000 files in no time, and says that the list was cut', async () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, n) => `src/dir${n % 50}/file${n}.ts\t${10_000 - n}\t${n % 900}`,
    )
    const listing = `path\tbytes\tlines\n${lines.join('\n')}\n# 20000 files, 0 directories, 5 bytes, 7 lines; cut: 10000 of 20000 entries shown`
    const startedAt = process.hrtime.bigint()
    const { report } = await drive(
      'survey src for sizes, folder sizes and the test ratio',
      (name, input) =>
        name === 'list_files' ? { content: listing, isError: false } : realTools(name, input),
    )
    expect(report).toContain('The 10,000 largest of 20,000 files are known one by one')
    expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(1_000)
  })
})

describe('answers that are seldom seen', () => {
  const answering =
    (
      answers: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => string>>,
    ): Execute =>
    (name, input) => {
      const content = answers[name]?.(input as Record<string, unknown>)
      if (content === undefined) return realTools(name, input)
      return { content, isError: /^[a-z_]+: /.test(content) }
    }

  it.each([
    [{ 'rev-parse': 'exit code 127 after 0 s\nsh: git: not found' }, 'git is not installed'],
    [{ 'rev-parse': 'exit code 128 after 0 s\nfatal: dubious ownership' }, 'dubious ownership'],
    [{ 'rev-parse': 'forbidden: no commands here' }, 'forbidden: no commands here'],
    [
      { 'rev-parse': 'exit code 0 after 0 s\ntrue', log: 'timeout: it was ended after 60 s' },
      'timeout: it was',
    ],
    [
      { 'rev-parse': 'exit code 0 after 0 s\ntrue', log: 'exit code 0 after 0 s\n(no output)' },
      'No commit touches `.`',
    ],
  ])('tells what git answered: %j', async (answers: Readonly<Record<string, string>>, text) => {
    await write({ 'a.txt': 'x' })
    const { report } = await drive(
      'show the git history',
      answering({
        run_command: ({ command }) =>
          answers[String(command).split(' ')[1] ?? ''] ?? 'exit code 0 after 0 s\n1',
      }),
    )
    expect(report).toContain(text)
  })

  it('asks git again when a restart hid an answer', async () => {
    await write({ 'src/a.txt': 'x' })
    let hidden = 2
    const commit = 'abc1234\u001f2026-01-02\u001fAnn\u001fBegin'
    const { report, commands } = await drive(
      'show the git history of src',
      answering({
        run_command: ({ command }) => {
          if (hidden-- > 0) return 'interrupted: may have happened'
          if (String(command).includes('--name-only'))
            return 'exit code 0 after 0 s\na.txt\n\na.txt'
          return String(command).includes('git log')
            ? `exit code 0 after 0 s\n${commit}`
            : 'exit code 0 after 0 s\n1'
        },
      }),
    )
    expect(report).toContain('`abc1234` 2026-01-02 Ann: Begin')
    expect(report).toContain('| `a.txt` | 2 |')
    expect(commands.filter((line) => line.includes('rev-parse'))).toHaveLength(3)
    expect(commands.at(-1)).toBe('git log -n 50 --name-only --pretty=tformat: -- src')
  })

  it('reads imports in shares when one result cannot hold them', async () => {
    await write({ 'a.ts': '', 'z.ts': '' })
    const shares: string[] = []
    const { report } = await drive(
      'check for import cycles',
      answering({
        search_files: ({ glob }) => {
          shares.push(String(glob))
          if (String(glob).startsWith('*.'))
            return "a.ts:1: import './z.js'\n# 3 matches in 2 files; cut: the first 1 shown"
          if (String(glob).startsWith('[a-c'))
            return "a.ts:1: import './z.js'\n# 1 matches in 1 files"
          if (String(glob).startsWith('[^a'))
            return "z.ts:1: import './a.js'\n# 1 matches in 1 files"
          return 'internal: x'
        },
      }),
    )
    expect(shares).toHaveLength(6)
    expect(report).toContain('2 of 3 import lines were read')
    expect(report).toContain('`a.ts` → `z.ts` → `a.ts`')
    expect(report).toContain('There may be more')
  })

  it('tells type imports apart, and says which parts failed', async () => {
    await write({
      'a.ts': "import type { B } from './b.js'\n",
      'b.ts': "import './a.js'\n",
      'lonely.py': 'x = 1\n',
    })
    const { report } = await drive('check for import cycles')
    expect(report).toContain('With `import type` counted as well there is 1 cycle')
    expect(report).toContain('No imports between files of the workspace were found.')
    const broken = await drive(
      'check for import cycles and TODOs',
      answering({ search_files: () => 'timeout: too slow' }),
    )
    expect(broken.success).toBe(false)
    expect(broken.report).toContain('Searching for TODO failed: timeout: too slow')
    expect(broken.report).toContain('Searching for imports (Python) failed')
    await rm(path.join(workspace, 'lonely.py'))
    await rm(path.join(workspace, 'a.ts'))
    await rm(path.join(workspace, 'b.ts'))
    await write({ 'a.rs': 'x' })
    expect((await drive('check for import cycles')).report).toContain(
      'imports of other languages are not read',
    )
  })

  it('says so when folders cannot be listed or named', async () => {
    const list = answering({ list_files: () => 'forbidden: no' })
    for (const task of ['run the tests', 'survey', 'survey src/a', 'compare a and b']) {
      const ran = await drive(task, list)
      expect(ran.success).toBe(false)
      expect(ran.report).toContain('forbidden: no')
    }
    await write({ '$(odd)/Makefile': 'test:\n\ttrue\n' })
    const odd = await drive('run the tests')
    expect(odd.commands).toEqual([])
    expect(odd.report).toContain('cannot be put into a command safely')
  })

  it('runs a script by its name, or says which there are', async () => {
    await write({ 'package.json': JSON.stringify({ scripts: { hello: 'echo hi there' } }) })
    expect(await drive('run the hello script')).toMatchObject({
      success: true,
      commands: ['npm run hello'],
    })
    const ran = await drive('run the bye script')
    expect(ran.report).toContain('Scripts and targets that are there: `hello`.')
  })

  it('names what was missing, and what took too long', async () => {
    const missing = await drive('run `nothing-like-this-1`')
    expect(missing.report).toContain('The program `nothing-like-this-1` was not found')
    const slow = await drive(
      'run `sleep 9`',
      answering({
        run_command: () =>
          'timeout: the command was ended after 3600 s with everything\nsome output',
      }),
    )
    expect(slow.report).toMatch(/^# Took too long and was ended\./)
    expect(slow.report).toContain('some output')
  })

  it('does the command of a free-form task, and says what it left out', async () => {
    const ran = await drive(
      'Our users wish for more speed so run `echo ok`. Redesign the home page.',
    )
    expect(ran.commands).toEqual(['echo ok'])
    expect(ran.success).toBe(false)
    expect(ran.report).toContain('Redesign the home page')
    expect((await drive('In the project folder, run `echo ok`')).success).toBe(true)
  })

  it('does not take a dropped result for an empty one', async () => {
    const ran = await drive(
      'survey',
      answering({ list_files: () => '[left out to save room: 9 characters; call the tool again]' }),
    )
    expect(ran.success).toBe(false)
    expect(ran.report).toContain('this result was dropped')
  })

  it('compares equal files, long ones, and folders that differ', async () => {
    const long = 'x\n'.repeat(2_500)
    await write({
      'a.txt': long,
      'b.txt': long,
      'c.txt': 'a\n',
      'd.txt': 'a\n',
      'e/f': '1',
      'g/f': '22',
    })
    expect((await drive('compare a.txt and b.txt')).report).toContain(
      'are the same as far as they were read',
    )
    expect((await drive('compare c.txt and d.txt')).report).toContain(
      '**`c.txt` and `d.txt` are the same.**',
    )
    expect((await drive('compare e and g')).report).toContain('Of another size\n\n- `f`')
  })
})

describe('a run that is disturbed', () => {
  const interrupted = {
    content: 'interrupted: may have happened, check before repeating',
    isError: true,
  }

  it('runs tests again after a restart, but no other command', async () => {
    await write({ Makefile: 'test:\n\t@echo fine\n' })
    const once = () => {
      let first = true
      const execute: Execute = (name, input) => {
        if (name !== 'run_command' || !first) return realTools(name, input)
        first = false
        return interrupted
      }
      return execute
    }
    const tests = await drive('Run the tests', once())
    expect(tests.commands).toEqual(['make test', 'make test'])
    expect(tests.success).toBe(true)
    const other = await drive('Run `./deploy.sh --now`', once())
    expect(other.commands).toEqual(['./deploy.sh --now'])
    expect(other.success).toBe(false)
    expect(other.report).toContain('was not repeated')
  })

  it('hands the report in again with a message that came meanwhile', async () => {
    let finishes = 0
    const execute: Execute = (name, input) => {
      if (name === 'finish' && finishes++ === 0) {
        return {
          content: 'invalid_state: not finished yet, because a message for you came in meanwhile',
          isError: true,
        }
      }
      return realTools(name, input)
    }
    const ran = await drive('survey the workspace', execute, (turn) =>
      turn === 1 ? [{ type: 'text', text: 'Look at docs too, please' }] : [],
    )
    expect(ran.report).toContain('“Look at docs too, please”')
    expect(ran.report).toContain('cannot change its course')
  })

  it('hands in a shorter report when the long one is refused', async () => {
    let refusals = 2
    const ran = await drive('survey the workspace', (name, input) =>
      name === 'finish' && refusals-- > 0
        ? { content: 'invalid_params: field report: too long', isError: true }
        : realTools(name, input),
    )
    expect(ran.success).toBe(true)
    expect(ran.turns).toBe(4)
  })

  it('goes on from any point of its transcript to the same report', async () => {
    await write({ 'src/a.ts': "import './b.js'\n", 'src/b.ts': '// TODO\n' })
    const outcomes = new Map<string, Promise<ToolOutcome> | ToolOutcome>()
    const remembered: Execute = (name, input) => {
      const key = JSON.stringify([name, input])
      const outcome = outcomes.get(key) ?? realTools(name, input)
      outcomes.set(key, outcome)
      return outcome
    }
    const first = await drive('survey src', remembered)
    expect(await drive('survey src', remembered)).toEqual(first)
  })
})

describe('any results of tools', () => {
  it('ends in a bounded number of turns', async () => {
    const line = fc.constantFrom(
      'src\t0\tdir',
      'a.ts\t1\t1',
      'package.json\t5\t1',
      'Makefile\t1\t1',
      'a.ts:1: import "./a"',
      '# 5 matches in 1 files; cut: the first 1 shown',
      '# 9 files; cut: 1 of 9 entries shown',
      'exit code 0 after 1 s',
      'test:',
      '{"scripts":{"test":"x"}}',
    )
    const content = fc.oneof(
      fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
      fc.string(),
    )
    const errors = fc.constantFrom(
      'interrupted: may have happened',
      'not_found: x',
      'invalid_params: x',
      'invalid_state: not finished yet',
      'internal: x',
      '[left out to save room: 9 characters]',
      '',
    )
    const outcome = fc.oneof(
      content.map((text): ToolOutcome => ({ content: text, isError: false })),
      errors.map((text): ToolOutcome => ({ content: text, isError: true })),
    )
    const task = fc.constantFrom(
      'run the tests',
      'survey src',
      'survey',
      'search for a b in c',
      'compare a and b',
      'run `x`',
      'run the tests, build, find TODOs and compare a with b',
      'run foo',
      'write a poem',
      '',
    )
    await fc.assert(
      fc.asyncProperty(
        task,
        fc.array(outcome, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (description, outcomes, finishes) => {
          let next = 0
          const ran = await drive(
            description,
            (name, input) => {
              if (name === 'finish' && finishes) return realTools(name, input)
              return outcomes[next++ % outcomes.length] ?? { content: '', isError: false }
            },
            (turn) => (turn % 3 === 1 ? [{ type: 'text', text: 'a word in between' }] : []),
          )
          expect(ran.turns).toBeLessThan(100)
        },
      ),
      { numRuns: 150 },
    )
  })
})
