import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { LLMock } from '@copilotkit/aimock'
import type { RpcClient } from '../../src/shared/rpc/client.js'

const call = (name: string, args: object) => ({ name, arguments: JSON.stringify(args) })

const finish = (report: string) => call('finish', { success: true, report })

/** The project that the pictures show. */
export function writeProject(folder: string): void {
  const files: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify({ name: 'orbit', scripts: { test: 'node run.mjs' } }),
    'run.mjs': `import { existsSync, watch } from 'node:fs'
import { once } from 'node:events'
console.log('\\u001b[1m RUN \\u001b[22m orbit\\n')
const names = ['parser', 'lexer', 'printer', 'scope', 'types', 'emit', 'cache', 'watch']
for (const [n, name] of names.entries()) {
  console.log(\` \\u001b[32m✓\\u001b[39m src/\${name}.test.ts \\u001b[90m(\${n * 3 + 2} tests)\\u001b[39m \\u001b[33m\${n * 7 + 3}ms\\u001b[39m\`)
}
const watcher = watch('.')
while (existsSync('hold')) await once(watcher, 'change')
watcher.close()
`,
    'src/parser.ts': 'export const parse = (text: string) => text.split(/\\s+/)\n',
    'src/cache.ts': 'export const cache = new Map<string, unknown>()\n',
    hold: '',
  }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args])
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '-qm', 'Begin')
}

const REVIEW = `The parser is sound, with two things worth a change:

1. \`parse()\` splits on **every** run of white space, also inside of quotes.
2. Results are cached by text alone; the options are not part of the key.

\`\`\`ts
const key = JSON.stringify([text, options])
const known = cache.get(key)
\`\`\`

| File | Findings | Worst |
|---|---|---|
| src/parser.ts | 2 | quotes are split |
| src/cache.ts | 1 | stale results |
`

/** What the model of the pictures answers. */
export function writeScript(model: LLMock): void {
  model.on(
    { userMessage: 'Review the parser', hasToolResult: false },
    {
      toolCalls: [
        call('start_task', {
          type: 'command',
          description: 'Run the tests',
          command: 'npm test --silent',
        }),
        call('start_task', { type: 'analysis', description: 'Review src/parser.ts' }),
      ],
    },
  )
  model.on(
    { userMessage: 'Review the parser', hasToolResult: true },
    {
      content: 'Both are under way. I tell you here when they are done; ask me anything meanwhile.',
    },
  )
  model.on({ userMessage: 'Review src/parser.ts' }, { toolCalls: [finish(REVIEW)] })
  model.on(
    { userMessage: 'What does the cache' },
    {
      content:
        'It maps a text to what `parse()` made of it, and never forgets. In `src/cache.ts`:\n\n```ts\nexport const cache = new Map<string, unknown>()\n```\n\nA bound would help: the last **500** texts are more than a build needs.',
    },
  )
  const parts = [
    { key: 'survey', title: 'Survey the call sites', description: 'survey call sites' },
    {
      key: 'quotes',
      title: 'Keep quotes whole',
      description: 'mend quotes',
      dependsOn: ['survey'],
    },
    { key: 'cache', title: 'Bound the cache', description: 'bound cache', dependsOn: ['survey'] },
    {
      key: 'docs',
      title: 'Tell it in the docs',
      description: 'write docs',
      dependsOn: ['quotes', 'cache'],
    },
  ]
  model.on(
    { userMessage: 'Make the parser fit', hasToolResult: false },
    { toolCalls: [call('run_plan', { parts })] },
  )
  model.on(
    { userMessage: 'Choose a licence', hasToolResult: false },
    {
      toolCalls: [
        call('ask_person', {
          question: 'Which licence should the new package have?',
          kind: 'sync',
          options: ['MIT', 'Apache-2.0', 'None yet'],
        }),
      ],
    },
  )
  model.on({ userMessage: /.*/ }, { toolCalls: [finish('Done.')] })
}

/** A data directory in the middle of a day's work. */
export async function playScene(
  rpc: RpcClient,
  workspace: string,
): Promise<{ conversationId: string }> {
  await rpc.call('settings.set', { workspace })
  const { conversationId } = await rpc.call('chat.create', {})
  const older = await rpc.call('chat.create', { title: 'Release notes for 2.4' })
  await rpc.call('chat.create', { title: 'Why is the build slow on Mondays?' })
  await rpc.call('chat.send', { conversationId, text: 'Review the parser and run the tests' })
  const end = async (taskId: string) => {
    await rpc.call('task.result', { taskId, waitMs: 30_000 })
  }
  const command = (description: string, line: string, more: object = {}) =>
    rpc.call('task.submit', { type: 'command', description, command: line, ...more })
  const ended = [
    await command('Format the sources', 'echo 14 files formatted'),
    await command(
      'Type-check',
      "printf '\\033[31merror\\033[0m TS2322 in src/emit.ts\\n' >&2; exit 2",
    ),
    await command('Bundle for the browser', 'echo 84.1 kB gzip', {
      conversationId: older.conversationId,
    }),
    await command('Measure the cold start', 'echo 212 ms'),
  ]
  for (const { taskId } of ended) await end(taskId)
  await command('Watch the sources', 'while [ -e hold ]; do echo "3/8 changed"; sleep 1; done')
  await rpc.call('task.submit', { type: 'agent_execution', description: 'Choose a licence' })
  await rpc.call('task.submit', {
    type: 'orchestration',
    description: 'Make the parser fit for quotes',
    planApproval: 'ask',
    conversationId,
  })
  const tests = (await rpc.call('task.list', { limit: 50 })).tasks.find(
    ({ description }) => description === 'Run the tests',
  )
  await command('Publish the coverage', 'echo published', {
    ...(tests ? { dependencies: [tests.id] } : {}),
  })
  await rpc.call('task.submit', {
    type: 'command',
    description: 'Nightly benchmark',
    command: 'npm run bench',
    runAt: new Date(Date.now() + 5 * 3_600_000).toISOString(),
  })
  await rpc.call('chat.send', { conversationId, text: 'What does the cache do meanwhile?' })
  await employAgents(rpc)
  return { conversationId }
}

/** Two durable agents: one has something to do and something to tell, the other sleeps until the morning. */
async function employAgents(rpc: RpcClient): Promise<void> {
  const sessionId = 'default'
  const anna = { sessionId, agentId: 'anna' }
  await rpc.call('async.createAgent', { ...anna, config: { definition: 'reviewer' } })
  const night = { sessionId, agentId: 'night-watch' }
  await rpc.call('async.createAgent', night)
  const { taskId } = await rpc.call('async.sendTask', { ...anna, prompt: 'Read the change log' })
  await rpc.call('task.result', { taskId, waitMs: 30_000 })
  await rpc.call('async.sleepAgent', { ...night, durationSeconds: 9 * 3600 })
  const mail = { sessionId, from: 'anna', to: 'user' }
  await rpc.call('mail.send', {
    ...mail,
    subject: 'Two findings in the parser',
    body: 'Quotes are split, and the cache never forgets. Shall I mend both?',
    priority: 'high',
  })
  await rpc.call('mail.send', {
    ...mail,
    to: 'night-watch',
    subject: 'Benchmarks',
    body: 'Run them at 02:00, please.',
  })
}
