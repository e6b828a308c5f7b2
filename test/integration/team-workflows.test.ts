import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, TaskId } from '../../src/shared/model/ids.js'
import { HostProcess } from '../support/host-process.js'
import { COUNTER, git, repositoryWith, SHOP } from '../support/sample-repository.js'
import { course, type ProviderLine, reports, TeamProvider } from '../support/team-provider.js'

/**
 * The workflows of the seeds, from outside: a real host, real repositories with real tests, and a provider that
 * plays the models.
 */
let folder: string
let provider: TeamProvider
let host: HostProcess
let workspace: string
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'team-workflows-')))
  provider = await TeamProvider.start()
})
afterEach(async () => {
  await host.stop()
  await provider[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function open(files: Readonly<Record<string, string>>): Promise<void> {
  workspace = repositoryWith(join(folder, 'workspace'), files)
  const dataDirectory = join(folder, 'data')
  host = await HostProcess.start({ dataDirectory, workspace, env: provider.env })
  const free = { cpuThreshold: 100, memoryThreshold: 100 }
  await host.client.call('queue.limits.set', free)
  await host.client.call('events.subscribe', {})
}

const { call, write, run } = {
  call: (name: string, input: object): ProviderLine => ({ calls: [[name, input]] }),
  write: (path: string, content: string) => call('write_file', { path, content }),
  run: (command: string) => call('run_command', { command }),
}

async function resultOf(taskId: TaskId) {
  const result = await host.client.call('task.result', { taskId, waitMs: 60_000 })
  return result ?? expect.fail(`${taskId} has not ended`)
}

/** Tasks, oldest first. */
async function tasks() {
  const page = await host.client.call('task.list', {})
  return page.tasks.reverse()
}

/** Says something and waits for the whole answer; what is said about tasks meanwhile is none. */
async function ask(
  conversationId: ConversationId,
  text: string,
  isAnswer: (text: string) => boolean = () => true,
): Promise<string> {
  const answered = Promise.withResolvers<string>()
  const leave = host.client.on('chat.message', (message) => {
    const isReply = message.role === 'assistant' && message.state === 'complete'
    if (isReply && isAnswer(message.text)) answered.resolve(message.text)
  })
  await host.client.call('chat.send', { conversationId, text })
  const answer = await answered.promise
  leave()
  return answer
}

const nodeTests = () =>
  execFileSync(process.execPath, ['--test'], { cwd: workspace, encoding: 'utf8' })

describe('smart-agents', () => {
  it('1: a review and an analysis run while the person goes on talking; the refactoring is held to its tests', async () => {
    const looked = Promise.withResolvers<void>()
    const looks = (report: string) => async () => {
      await looked.promise
      return reports(report)
    }
    provider.plays('reviewer', looks('5 critical, 12 major'))
    provider.plays('analyzer', looks('8 opportunities'))
    provider.plays('chat', ({ brief, turn }) => {
      if (turn > 0) return { content: 'Started both.' }
      if (brief.includes('<task-notification')) return { content: 'One has ended.' }
      if (brief.includes('biggest')) return { content: 'Too many nested conditionals.' }
      const start = { type: 'analysis' }
      return {
        calls: [
          ['start_task', { ...start, description: 'Review the code', agentType: 'reviewer' }],
          ['start_task', { ...start, description: 'Find refactorings', agentType: 'analyzer' }],
        ],
      }
    })
    await open(SHOP)
    const { conversationId } = await host.client.call('chat.create', {})
    expect(await ask(conversationId, 'Review my PR and suggest refactorings')).toBe('Started both.')
    expect(await ask(conversationId, 'What are the biggest issues?')).toMatch(/nested/)
    const both = await tasks()
    expect(both.map(({ state }) => state)).toEqual(['running', 'running'])
    looked.resolve()
    for (const { id } of both) expect(await resultOf(id)).toMatchObject({ success: true })

    // The agent says that it is done before it is; its tests tell it what is wrong.
    provider.plays(
      'refactoring-specialist',
      course(
        write('src/total.js', 'export const total = (prices) => prices.length\n'),
        reports('refactored'),
        write(
          'src/total.js',
          'export function total(prices) {\n  let sum = 0\n  for (const price of prices) sum += price\n  return sum\n}\n',
        ),
        reports('mended'),
      ),
    )
    const { taskId } = await host.client.call('task.submit', {
      type: 'agent_execution',
      agentType: 'refactoring-specialist',
      description: 'Make total readable',
      checks: ['node --test'],
    })
    expect(await resultOf(taskId)).toMatchObject({
      success: true,
      artifacts: { files: ['src/total.js'], changes: 1 },
    })
    const { evidence, corrections } = await host.client.call('task.evidence', { taskId })
    expect(evidence.map(({ passed, exitCode }) => [passed, exitCode])).toEqual([
      [false, 1],
      [true, 0],
    ])
    expect(corrections.map(({ attempt, state }) => [attempt, state])).toEqual([[1, 'success']])
    expect(readFileSync(join(workspace, 'src/total.js'), 'utf8')).toBe(SHOP['src/total.js'])
    await host.client.call('change.apply', { taskId })
    expect(nodeTests()).toMatch(/pass 1/)
  })

  it('2: three features at the same time, two of which touch the same line, become one tested whole', async () => {
    const atWork = new Set<string>()
    const together = Promise.withResolvers<void>()
    const feature = (name: string) => (): ProviderLine => ({
      calls: [
        [
          'write_file',
          { path: `src/${name}.js`, content: `export const ${name} = () => '${name}'\n` },
        ],
        [
          'write_file',
          {
            path: `test/${name}.test.js`,
            content: `import { strictEqual } from 'node:assert'\nimport { test } from 'node:test'\nimport { ${name} } from '../src/index.js'\ntest('${name}', () => strictEqual(${name}(), '${name}'))\n`,
          },
        ],
        [
          'edit_file',
          {
            path: 'src/index.js',
            oldText: "export { total } from './total.js'\n",
            newText: `export { total } from './total.js'\nexport { ${name} } from './${name}.js'\n`,
          },
        ],
      ],
    })
    const teams = {
      login: 'frontend-developer',
      logout: 'backend-developer',
      reset: 'fullstack-developer',
    }
    for (const [name, agent] of Object.entries(teams)) {
      provider.plays(agent, async ({ turn, heard }) => {
        atWork.add(name)
        if (atWork.size === 3) together.resolve()
        await together.promise
        if (turn === 0) return feature(name)()
        // Git could not merge: both lines are wanted.
        if (/conflict/i.test(heard))
          return run("sed -i -E '/^(<<<<<<<|=======|>>>>>>>)/d' src/index.js")
        return reports(`${name} is there`)
      })
    }
    const parts = Object.entries(teams).map(([key, agent]) => ({
      ...{ key, title: key, description: `Implement ${key}`, agent },
      checks: ['node --test'],
    }))
    provider.plays('lead', course(call('run_plan', { parts }), reports('# All three are there')))
    await open(SHOP)
    const { taskId } = await host.client.call('task.submit', {
      type: 'orchestration',
      description: 'Implement login, logout, and password reset',
      checks: ['node --test'],
    })
    expect(await resultOf(taskId)).toMatchObject({ success: true })
    const { files } = await host.client.call('change.get', { taskId })
    expect(files.map(({ path }) => path)).toEqual([
      ...['src/index.js', 'src/login.js', 'src/logout.js', 'src/reset.js'],
      ...['test/login.test.js', 'test/logout.test.js', 'test/reset.test.js'],
    ])
    await host.client.call('change.apply', { taskId })
    expect(nodeTests()).toMatch(/pass 4/)
    expect(git(workspace, 'worktree', 'list').trim().split('\n')).toHaveLength(1)
  }, 60_000)

  it('3: research first, then the implementation, which is told what was found', async () => {
    let implementation: { readonly id: TaskId } | undefined
    provider.plays('researcher', () => reports('Recommended: Zustand'))
    provider.plays('frontend-developer', ({ turn, brief }) =>
      turn === 0
        ? write('src/store.js', `// ${/Recommended: \w+/.exec(brief)?.[0] ?? 'nothing'}\n`)
        : reports('implemented'),
    )
    provider.plays('chat', ({ turn, brief, heard }) => {
      if (brief.includes('apply it')) {
        const id = implementation?.id ?? ''
        return turn === 0 ? call('apply_changes', { taskId: id }) : { content: heard }
      }
      if (brief.includes('<task-notification')) return { content: 'Done.' }
      if (turn === 0) {
        const research = { type: 'analysis', agentType: 'researcher', description: 'Compare' }
        return call('start_task', research)
      }
      if (turn > 1) return { content: 'Both are on their way.' }
      return call('start_task', {
        type: 'agent_execution',
        agentType: 'frontend-developer',
        description: 'Implement the best one',
        dependencies: [JSON.parse(heard).taskId],
      })
    })
    await open(SHOP)
    const { conversationId } = await host.client.call('chat.create', {})
    await ask(conversationId, 'Research state management and implement the best')
    implementation = (await tasks())[1]
    if (implementation === undefined) expect.fail('there are not two tasks')
    expect(await resultOf(implementation.id)).toMatchObject({ success: true })
    const { messages } = await host.client.call('chat.history', { conversationId })
    expect(messages.map(({ text }) => text).join()).toContain('1 changed file waits for you')
    await ask(conversationId, 'apply it', (text) => text.includes('"state":"applied"'))
    expect(readFileSync(join(workspace, 'src/store.js'), 'utf8')).toBe('// Recommended: Zustand\n')
  })
})

describe('AIWhisperer', () => {
  const session = { sessionId: 's' }
  const create = (agentId: string) => host.client.call('async.createAgent', { ...session, agentId })
  const send = (agentId: string, prompt: string) =>
    host.client.call('async.sendTask', { ...session, agentId, prompt })
  const mailFor = (agent: string) =>
    new Promise<string>((resolve) => {
      host.client.on('mail.received', ({ mail }) => {
        if (mail.to === agent) resolve(mail.body)
      })
    })

  it('1: analyzer and writer at the same time, then the reviewer, by mail', async () => {
    const mail = (to: string, body: string) => call('send_mail', { to, subject: 'work', body })
    provider.plays(
      'analyzer',
      course(run('wc -l < feedback.csv'), mail('writer', 'it is 2 lines'), reports('sent')),
    )
    provider.plays('writer', ({ brief, turn }) => {
      if (!brief.includes('<mail-text')) return reports('the template is ready')
      return turn === 0 ? mail('reviewer', 'report: it is 2 lines') : reports('sent')
    })
    provider.plays('reviewer', ({ turn }) =>
      turn === 0 ? mail('user', 'approved') : reports('approved'),
    )
    await open({ 'feedback.csv': 'good\nbad\n' })
    for (const agent of ['analyzer', 'writer', 'reviewer']) await create(agent)
    const approval = mailFor('user')
    await send('analyzer', 'Analyze customer sentiment from feedback.csv')
    await send('writer', 'Prepare report template for sentiment analysis')
    expect(await approval).toBe('approved')
  })

  it('2: a monitor sleeps until an alert, and is woken with what it says', async () => {
    provider.plays('monitor', ({ brief }) => reports(brief.includes('high') ? 'seen' : 'missed'))
    await open({ 'readme.md': 'x\n' })
    await create('monitor')
    const wakeEvents = ['alert', 'hourly_check']
    await host.client.call('async.sleepAgent', { ...session, agentId: 'monitor', wakeEvents })
    const ended = new Promise<string>((resolve) => {
      host.client.on('async.task.completed', ({ final }) => resolve(final))
    })
    const { woken } = await host.client.call('async.broadcastEvent', {
      ...session,
      event: 'alert',
      data: { level: 'high' },
    })
    expect(woken).toEqual(['monitor'])
    expect(await ended).toBe('seen')
  })

  it('3: planner, three coders at the same time, an integrator that tests, on a Python repository', async () => {
    const coder = (name: string) => (): ProviderLine =>
      write(
        `${name}.py`,
        `from counter import count\n\n\ndef ${name}(text):\n    return count(text)\n`,
      )
    const atWork = new Set<string>()
    const together = Promise.withResolvers<void>()
    provider.plays('backend-developer', async ({ turn, brief }) => {
      const name = /module (\w+)/.exec(brief)?.[1] ?? 'none'
      atWork.add(name)
      if (atWork.size === 3) together.resolve()
      await together.promise
      return turn === 0 ? coder(name)() : reports(`${name}.py is there`)
    })
    provider.plays('planner', () => reports('Three modules: words, lines, letters.'))
    provider.plays(
      'integrator',
      course(
        write(
          'test_all.py',
          'import unittest\nfrom words import words\nfrom lines import lines\nfrom letters import letters\n\n\nclass AllTest(unittest.TestCase):\n    def test_all(self):\n        self.assertEqual([words("a b"), lines("a b"), letters("a b")], [2, 2, 2])\n',
        ),
        run('python3 -m unittest'),
        reports('integrated'),
      ),
    )
    const code = (name: string) => ({
      ...{ key: name, title: name, description: `Write the module ${name}.`, dependsOn: ['plan'] },
      agent: 'backend-developer',
      checks: [{ kind: 'file', path: `${name}.py` }, `python3 -c "import ${name}"`],
    })
    const names = ['words', 'lines', 'letters']
    const parts = [
      { key: 'plan', title: 'Plan', description: 'Plan three modules.', agent: 'planner' },
      ...names.map(code),
      {
        ...{ key: 'integrate', title: 'Integrate', description: 'Test all.', agent: 'integrator' },
        dependsOn: names,
        checks: ['python3 -m unittest'],
      },
    ]
    provider.plays('lead', () => reports('# Integrated and tested'))
    await open(COUNTER)
    const { taskId } = await host.client.call('task.submit', {
      type: 'orchestration',
      description: 'Create the new feature',
      input: { plan: { goal: 'Three modules that work together', parts } },
      checks: ['python3 -m unittest'],
    })
    expect(await resultOf(taskId)).toMatchObject({ success: true })
    await host.client.call('change.apply', { taskId })
    execFileSync('python3', ['-m', 'unittest'], { cwd: workspace, stdio: 'pipe' })
  }, 60_000)
})
