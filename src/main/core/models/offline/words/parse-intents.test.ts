import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIntents } from './parse-intents.js'

/** A short form for tables: `test`, `survey(src: largest)`, `cancel(build)`. */
function read(message: string): string {
  return parseIntents(message).map(shortForm).join(' + ')
}

function shortForm(intent: ReturnType<typeof parseIntents>[number]): string {
  switch (intent.kind) {
    case 'command':
      return `$ ${intent.line}`
    case 'goal':
      return intent.goal + (intent.place === null ? '' : ` in ${intent.place.path}`)
    case 'script':
      return `script ${intent.name}`
    case 'survey': {
      const limit = intent.limit === null ? '' : ` >=${intent.limit.value} ${intent.limit.unit}`
      const top = intent.top === null ? '' : ` top ${intent.top}`
      return `survey(${intent.place?.path ?? '*'}: ${intent.focus.join(',')}${limit}${top})`
    }
    case 'search':
      return `search(${intent.query}${intent.place === null ? '' : ` in ${intent.place.path}`})`
    case 'compare':
      return `compare(${intent.left} | ${intent.right})`
    case 'status':
    case 'result':
    case 'cancel':
    case 'again':
    case 'message': {
      const { target } = intent
      const parts = [
        ...target.ids,
        ...target.words,
        target.all ? 'ALL' : '',
        target.last ? 'LAST' : '',
        target.state ?? '',
      ]
      const text = intent.kind === 'message' ? `: ${intent.text}` : ''
      return `${intent.kind}(${parts.filter((part) => part !== '').join(' ')}${text})`
    }
    default:
      return intent.kind
  }
}

describe('reading requests', () => {
  it.each([
    ['run the tests', 'test'],
    ['run the tests and survey src for large files', 'test + survey(src: largest)'],
    [
      'Please run `npm run lint` and then build the project, and show me the status',
      '$ npm run lint + build + status()',
    ],
    ['First run the tests, second build, third search for TODO', 'test + build + survey(*: todos)'],
    ['build and test', 'build + test'],
    ['run the unit tests and the e2e tests', 'test + e2e'],
    ['run the tests, the linter and the build', 'test + lint + build'],
    ['run typecheck and coverage', 'typecheck + coverage'],
    [
      '- run tests\n- build\n* survey src\n4. git status',
      'test + build + survey(src: ) + $ git status',
    ],
    ["I'd like you to run the tests and, after that, build the project.", 'test + build'],
    ['Could you please kick off the e2e suite in the background while we talk?', 'e2e'],
    ['run the tests in packages/core', 'test in packages/core'],
    ['install the dependencies', 'install'],
    ['run the dev script', 'script dev'],
    ['hi, run the tests please', 'test'],
    ['run a survey of src', 'survey(src: )'],
    ['do a search for foo', 'search(foo)'],
    ['do a comparison of a.txt and b.txt', 'compare(a.txt | b.txt)'],
    ['run the script build:docs', 'script build:docs'],
    ['check the types', 'typecheck'],
    ['check if the tests pass', 'test'],
    ['test coverage', 'coverage'],
    ['build me a rocket', 'unknown'],
    ['build the frontend', 'build'],
    ['run it in src', 'unknown'],
    ['the linter, the tests', 'lint + test'],
    ['make sure `npm run check` passes', '$ npm run check'],
    ['the e2e tests please', 'e2e'],
  ])('%j runs things', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['npm test', '$ npm test'],
    ['run npm test && npm run build', '$ npm test && npm run build'],
    ['run `rm -rf a, b && echo "x and y"` and test', '$ rm -rf a, b && echo "x and y" + test'],
    ['run git commit -m "fix this and that"', '$ git commit -m "fix this and that"'],
    ["run 'cargo test --all'", '$ cargo test --all'],
    ['```sh\nnpm ci\nnpm test\n```', '$ npm ci && npm test'],
    ['make test', '$ make test'],
    ['run eslint on src', 'lint'],
    ['make it faster', 'unknown'],
    ['go on', 'unknown'],
  ])('%j is a command or not', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['survey the workspace', 'survey(*: )'],
    ['analyze the codebase', 'survey(*: )'],
    ['survey src for large files and cycles', 'survey(src: largest,imports)'],
    ['find TODOs and large files over 500 lines', 'survey(*: todos,largest >=500 lines)'],
    ['what are the largest files in src?', 'survey(src: largest)'],
    ['show the top 5 largest files in lib', 'survey(lib: largest top 5)'],
    ['files larger than 100 KB', 'survey(*: largest >=102400 bytes)'],
    ['how many TODOs are there?', 'survey(*: todos)'],
    ['show me the git history', 'survey(*: history)'],
    ['check for import cycles', 'survey(*: imports)'],
    ['is there any import cycle in src/main?', 'survey(src/main: imports)'],
    ['survey test for TODOs', 'survey(test: todos)'],
    ['what is the test to code ratio?', 'survey(*: tests)'],
    ['which languages are used here?', 'survey(*: languages)'],
    ['search for createCore in src/main', 'search(createCore in src/main)'],
    ['search for "foo and bar" in src', 'search(foo and bar in src)'],
    ['find all uses of createCore', 'search(createCore)'],
    ['find where parseIntents is defined', 'search(parseIntents)'],
    ['where is createCore used?', 'search(createCore)'],
    ['grep for `a|b`', 'search(a|b)'],
    ['search for foo and bar', 'search(foo) + search(bar)'],
    ['search src for foo', 'search(foo in src)'],
    ['search the code for foo', 'search(foo)'],
    ['search `x` in "my dir/a b.txt"', 'search(x in my dir/a b.txt)'],
    ['search for import statements in the project', 'search(import statements)'],
    ['which files mention OAuth?', 'search(OAuth)'],
    ['show me where createCore is used', 'search(createCore)'],
    ['show all references to createCore', 'search(createCore)'],
    ['give me an overview of src', 'survey(src: )'],
    ['list the files', 'survey(*: )'],
    ['find out how many TODOs there are', 'survey(*: todos)'],
    ['find the bug', 'unknown'],
    ['check src', 'unknown'],
    ['check the code', 'survey(*: )'],
    ['check for createCore', 'search(createCore)'],
    ['an overview of lib please', 'survey(lib: )'],
    ['TODOs in src', 'survey(src: todos)'],
    ['where are the TODOs?', 'survey(*: todos)'],
    ['where is my phone', 'unknown'],
    ['compare apples', 'unknown'],
    ['survey for files over 2 MB', 'survey(*: largest >=2097152 bytes)'],
    ['compare README.md and package.json', 'compare(README.md | package.json)'],
    ['compare src and test, then run tests', 'compare(src | test) + test'],
    ["what's the difference between src/a.ts and src/b.ts?", 'compare(src/a.ts | src/b.ts)'],
    ['compare "my file.txt" with "the other.txt"', 'compare(my file.txt | the other.txt)'],
  ])('%j looks at things', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['status', 'status()'],
    ['how is it going?', 'status()'],
    ['what is running', 'status(running)'],
    ['how are the tests going?', 'status(tests)'],
    ['is the build done yet?', 'status(build)'],
    ['list tasks', 'status()'],
    ['show failed tasks', 'status(failed)'],
    ['how long will it take?', 'status()'],
    ['show the result', 'result()'],
    ['show the results of the survey', 'result(survey)'],
    ['show task_abc123', 'result(task_abc123)'],
    ['show me the result of the last one', 'result(LAST)'],
    ['what did the tests say?', 'result(tests)'],
    ['did the tests pass?', 'result(tests)'],
    ['cancel the build', 'cancel(build)'],
    ['cancel everything', 'cancel(ALL)'],
    ['stop task_abc1', 'cancel(task_abc1)'],
    ['cancel it', 'cancel()'],
    ['check the status of task_a', 'status(task_a)'],
    ['check on it', 'status()'],
    ['check the results', 'result()'],
    ['show it', 'result()'],
    ["show me what's running", 'status(running)'],
    ['result of the build', 'result(build)'],
    ['build status', 'status(build)'],
    ['show the results of the build and the tests', 'result(build) + result(tests)'],
    ['tell task_a hurry up', 'message(task_a: hurry up)'],
    ['tell John to hurry', 'message(john: hurry)'],
    ['cancel the build and the survey', 'cancel(build) + cancel(survey)'],
    ['retry the build', 'again(build)'],
    ['run it again', 'again()'],
    ['tell the survey to skip the tests and docs', 'message(survey: skip the tests and docs)'],
    ['tell task_ab1: only look at src', 'message(task_ab1: only look at src)'],
  ])('%j is about tasks', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['hello', 'greeting'],
    ['thanks!', 'thanks'],
    ['ok', 'acknowledgement'],
    ['what can you do?', 'help'],
    ['explain how OAuth works', 'unknown'],
    ['how do I run the tests?', 'unknown'],
    ['what is the weather today', 'unknown'],
    ['tell me a joke', 'unknown'],
    ['the tests are failing', 'unknown'],
    ['fix the failing tests', 'unknown'],
    ['fix the crash of `npm test`', 'unknown'],
    ['refactor the parser', 'unknown'],
    ['write a poem about tests', 'unknown'],
    ['summarize README.md', 'unknown'],
    ['analyze why users leave the product early', 'unknown'],
    ['search the web for cats', 'unknown'],
    ["don't run the tests", 'refrain'],
    ['if the tests pass, build', 'conditional'],
    ['run the tests and if they pass build the project', 'test + conditional'],
    ['run', 'unknown'],
    ['compare', 'unknown'],
    ['', ''],
    ['?!', ''],
  ])('%j starts nothing that was not asked for', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['führe die Tests aus und untersuche src nach großen Dateien', 'test + survey(src: largest)'],
    ['baue das Projekt', 'build'],
    ['suche nach createCore in src', 'search(createCore in src)'],
    ['brich den Build ab', 'cancel(build)'],
    ['zeige das Ergebnis', 'result()'],
    ['wie läuft es?', 'status()'],
    ['跑測試並分析 src 的大檔案', 'test + survey(src: largest)'],
    ['建置專案', 'build'],
    ['搜尋 TODO', 'survey(*: todos)'],
    ['取消全部', 'cancel(ALL)'],
    ['狀態', 'status()'],
    ['現在有什麼在執行？', 'status(running)'],
    ['有哪些工作正在執行', 'status(running)'],
    ['取消所有工作', 'cancel(ALL)'],
    ['建置工作區', 'build'],
    ['顯示結果', 'result()'],
  ])('%j is understood too', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['biuld the project', 'build'],
    ['run teh tets', 'test'],
    ['rnu the tests', 'test'],
    ['buld the project', 'build'],
    ['run the tesst', 'test'],
    ['instal the dependancies', 'install'],
    ['run buidl', 'build'],
    ['cacnel the build', 'cancel(build)'],
    ['serch for createCore in src', 'search(createCore in src)'],
    ['surevy src', 'survey(src: )'],
    ['run builds', 'script builds'],
    ['run texts', 'script texts'],
    ['spot the bug', 'unknown'],
    ['explain the tets', 'unknown'],
    ['fix teh tets', 'unknown'],
  ])('%j is read with its slips', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['what changed recently?', 'survey(*: history)'],
    ['what has changed in src lately?', 'survey(src: history)'],
    ['run tests && build', 'test + build'],
    ['run tests and build', 'test + build'],
    ['tests && lint && build', 'test + lint + build'],
    ['run `npm ci` && build', '$ npm ci + build'],
    ['run `tests && build`', '$ tests && build'],
    ['run "tests && build"', '$ tests && build'],
    ['git status && npm run build', '$ git status && npm run build'],
    ['start the dev server', 'script dev'],
    ['start the server', 'script start'],
    ['start the dev-server', 'script dev'],
    ['whats changed lately?', 'survey(*: history)'],
  ])('%j is what people say', (message, meaning) => {
    expect(read(message)).toBe(meaning)
  })

  it.each([
    ['run the tests twice, please', { goal: 'test', words: 'run the tests', repeat: 'twice' }],
    ['build the project 3x', { goal: 'build', repeat: '3x' }],
    ['build the project 3 times', { goal: 'build', repeat: '3 times' }],
    ['run the tests with timeout 5 seconds', { goal: 'test', timeoutMs: 5_000 }],
    ['run the tests, timeout 2 min', { goal: 'test', timeoutMs: 120_000 }],
    ['run `npm test` with a 1.5 hour timeout', { line: 'npm test', timeoutMs: 5_400_000 }],
    ['run npm test -- --timeout 5s', { line: 'npm test -- --timeout 5s' }],
    ['search for run three times', { query: 'run three times' }],
    ['run the build at priority 9', { words: 'run the build', priority: 9 }],
    ['run the build at high priority', { words: 'run the build', priority: 8 }],
  ])('%j says how often, how long or how urgently', (message, meaning) => {
    const [intent, ...more] = parseIntents(message)
    expect(more).toEqual([])
    expect(intent).toMatchObject(meaning)
  })

  it('takes priorities and order out of the words', () => {
    expect(parseIntents('run `x --all` urgently')[0]).toMatchObject({
      line: 'x --all',
      priority: 8,
    })
    expect(parseIntents('build the project with priority 9')[0]).toEqual({
      kind: 'goal',
      goal: 'build',
      place: null,
      words: 'build the project',
      priority: 9,
    })
    expect(parseIntents('test and then build').map((intent) => intent.after ?? false)).toEqual([
      false,
      true,
    ])
  })

  it('reads anything without throwing, and quickly', () => {
    const words = fc.constantFrom(
      'run',
      'the',
      'tests',
      'and',
      'search',
      'for',
      '`',
      '"',
      ',',
      '.',
      'src',
      'cancel',
      'if',
      '和',
      'und',
      '\n',
      '?',
      'task_a',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (text) => {
          for (const intent of parseIntents(text)) expect(intent.words).toBeTypeOf('string')
        },
      ),
      { numRuns: 500 },
    )
    const startedAt = process.hrtime.bigint()
    parseIntents('and '.repeat(490))
    parseIntents(`${'a'.repeat(1_990)}!`)
    expect(parseIntents('run the tests '.repeat(1_000))).toHaveLength(1)
    expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(2_000)
  })
})
