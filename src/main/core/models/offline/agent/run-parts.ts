import { commandsFor, scriptNamed, scriptNames } from '../commands/find-command.js'
import { type FolderFacts, type FoundCommand, MANIFESTS } from '../commands/manifests.js'
import { bullets, code, oneLine } from '../report/markdown.js'
import { type PartReport, type Section, section } from '../report/report.js'
import type { Outcome, Routine } from '../routine.js'
import { errorLine, isInterrupted, parseFileText, parseListing } from '../tool-text.js'
import type { Goal, Place } from '../words/intent.js'
import { listLevel, listNamed, readFile, runCommand, shellPath } from './calls.js'
import { commandReport } from './command-report.js'
import type { Part, Stage } from './part.js'

const LONG_RUN_SECONDS = 3_600
const MOST_REPEATS = 3
/** Sub-projects that are run when the workspace itself has no command. */
const MOST_FOLDERS = 5

const GOAL_WORDS: Readonly<Record<Goal, string>> = {
  test: 'the tests',
  e2e: 'the end-to-end tests',
  build: 'the build',
  lint: 'the linter',
  typecheck: 'the type check',
  format: 'the formatter',
  install: 'the installation of the dependencies',
  coverage: 'the tests with coverage',
}

/** Commands that may simply run again when a restart hid their outcome. */
const REPEATABLE =
  /^(?:cd \S+ && )?(?:(?:npm|pnpm|yarn|bun|deno)(?: run| task)? (?:test|t|lint|build|check|type-?check|coverage|e2e)\S*|npx (?:vitest|jest|mocha|eslint|tsc|playwright|biome check)|(?:python3? -m |uv run |poetry run |pipenv run )?(?:pytest|unittest|tox|nox|ruff check|mypy)|cargo (?:test|build|check|clippy)|go (?:test|build|vet)|(?:make|just) (?:test|build|check|lint)\S*|git (?:log|status|diff|show|rev-list|shortlog)|(?:mvn|\.\/mvnw|gradle|\.\/gradlew) (?:test|check|build|package)|dotnet (?:test|build)|ls|cat|wc|head|tail|find|grep|rg)(?:\s|$)/
const CHANGES_THINGS = /[>;|&`$]|--fix|--write|-u\b|--update|-delete|-exec/

export function commandPart(line: string): Part {
  return {
    title: `Run ${line}`,
    steps: [`Run ${line}`],
    *run(stage) {
      stage.begin(0)
      const rerun = REPEATABLE.test(line) && !CHANGES_THINGS.test(line.replace(/^cd \S+ && /, ''))
      const outcome = yield* runToEnd(stage, line, rerun)
      const report = commandReport(line, outcome)
      if (!report.success) stage.fail()
      return report
    },
  }
}

/** A goal such as "the tests": finds out from the workspace's own files which command that is. */
export function goalPart(goal: Goal, place: Place | null): Part {
  const words = GOAL_WORDS[goal]
  return foundPart({
    title: `Run ${words}`,
    words,
    place,
    find: (folder) => commandsFor(goal, folder).slice(0, 3),
    mayRepeat: goal !== 'format' && goal !== 'install',
  })
}

export function scriptPart(name: string): Part {
  return foundPart({
    title: `Run the script ${name}`,
    words: `a script or target named ${code(name)}`,
    place: null,
    find: (folder) => scriptNamed(name, folder).slice(0, 1),
    mayRepeat: false,
  })
}

interface Wanted {
  readonly title: string
  readonly words: string
  readonly place: Place | null
  readonly find: (folder: FolderFacts) => readonly FoundCommand[]
  readonly mayRepeat: boolean
}

/** A command together with the folder that it is for and what else would have been possible. */
interface Choice {
  readonly folder: string | null
  readonly command: FoundCommand
  readonly others: readonly FoundCommand[]
}

function foundPart(wanted: Wanted): Part {
  return {
    title: wanted.title,
    steps: ['Look into the workspace', 'Find the right command', wanted.title],
    *run(stage) {
      stage.begin(0)
      const base = wanted.place?.path ?? null
      const listed = yield* stage.askOne(
        `I look at ${base === null ? 'the workspace' : base} to find out how to run ${wanted.words}.`,
        listLevel(base),
      )
      if (listed.isError) return failedLook(stage, base, listed)
      stage.begin(1)
      const here = yield* readFolder(stage, base, namesIn(listed))
      const own = choiceIn(base, here, wanted)
      const choices = own === null ? yield* lookBelow(stage, base, wanted) : [own]
      if (choices.length === 0) return nothingFound(stage, here, wanted)
      return yield* runChoices(stage, choices, wanted)
    },
  }
}

function* runChoices(
  stage: Stage,
  choices: readonly Choice[],
  wanted: Wanted,
): Routine<PartReport> {
  const reports: { readonly choice: Choice; readonly report: PartReport }[] = []
  for (const choice of choices) {
    const line = lineOf(choice)
    stage.begin(2, `Run ${line ?? choice.command.line}`)
    if (line === null) {
      const headline = `${code(choice.folder ?? '')} has a name that cannot be put into a command safely.`
      reports.push({ choice, report: { success: false, headline, sections: [] } })
      continue
    }
    const outcome = yield* runToEnd(stage, line, wanted.mayRepeat)
    reports.push({ choice, report: commandReport(line, outcome) })
  }
  const success = reports.every(({ report }) => report.success)
  if (!success) stage.fail()
  return {
    success,
    headline: reports.map(({ report }) => report.headline).join('\n\n'),
    sections: reports.flatMap(({ choice, report }): Section[] => [
      section(reports.length > 1 ? `In ${code(choice.folder ?? '.')}` : null, sourceOf(choice)),
      ...report.sections,
    ]),
  }
}

function sourceOf({ command, others, folder }: Choice): string {
  const where = folder === null ? '' : `, in ${code(folder)}`
  const also = others.map((other) => `${code(other.line)} (${other.source})`).join(', ')
  return `The command comes from ${command.source}${where}.${also === '' ? '' : ` Also possible: ${also}.`}`
}

/** Runs a command; when a restart hid its outcome and it may be repeated, runs it again. */
function* runToEnd(stage: Stage, line: string, mayRepeat: boolean): Routine<Outcome> {
  const call = runCommand(line, LONG_RUN_SECONDS)
  let outcome = yield* stage.askOne(`I run ${code(line)}.`, call)
  for (let repeat = 0; mayRepeat && isInterrupted(outcome) && repeat < MOST_REPEATS; repeat++) {
    outcome = yield* stage.askOne(
      `A restart hid how ${code(line)} ended. It only looks or builds, so I run it again.`,
      call,
    )
  }
  return outcome
}

function namesIn(listed: Outcome): Set<string> {
  const { files, directories } = parseListing(listed.content)
  const paths = [...files.map((file) => file.path), ...directories]
  return new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))
}

function* readFolder(
  stage: Stage,
  base: string | null,
  names: ReadonlySet<string>,
): Routine<FolderFacts> {
  const wanted = MANIFESTS.filter((name) => names.has(name))
  if (wanted.length === 0) return { names, texts: new Map() }
  const outcomes = yield* stage.ask(
    `I read ${wanted.map(code).join(', ')}.`,
    ...wanted.map((name) => readFile(join(base, name))),
  )
  const texts = new Map<string, string>()
  for (const [index, name] of wanted.entries()) {
    const outcome = outcomes[index]
    if (outcome !== undefined && !outcome.isError) {
      texts.set(name, parseFileText(outcome.content).text)
    }
  }
  return { names, texts }
}

function choiceIn(folder: string | null, facts: FolderFacts, wanted: Wanted): Choice | null {
  const [command, ...others] = wanted.find(facts)
  return command === undefined ? null : { folder, command, others }
}

const SUBPROJECT_MARKS =
  '{package.json,Makefile,pyproject.toml,Cargo.toml,go.mod,pom.xml,build.gradle,build.gradle.kts,deno.json,composer.json,mix.exs,CMakeLists.txt}'

/** Projects one or more folders down, the shallowest level that has any. */
function* lookBelow(stage: Stage, base: string | null, wanted: Wanted): Routine<readonly Choice[]> {
  const listed = yield* stage.askOne(
    'The folder itself has no such command; I look for projects below it.',
    listNamed(SUBPROJECT_MARKS, base),
  )
  if (listed.isError) return []
  const folders = [
    ...new Set(parseListing(listed.content).files.map(({ path }) => folderOf(path))),
  ].filter((folder) => folder !== (base ?? ''))
  const depth = Math.min(...folders.map((folder) => folder.split('/').length))
  const nearest = folders.filter((folder) => folder.split('/').length === depth)
  const choices: Choice[] = []
  for (const folder of nearest.slice(0, MOST_FOLDERS)) {
    const level = yield* stage.askOne(`I look into ${code(folder)}.`, listLevel(folder))
    if (level.isError) continue
    const facts = yield* readFolder(stage, folder, namesIn(level))
    const choice = choiceIn(folder, facts, wanted)
    if (choice !== null) choices.push(choice)
  }
  return choices
}

function lineOf({ folder, command }: Choice): string | null {
  if (folder === null) return command.line
  const path = shellPath(folder)
  return path === null ? null : `cd ${path} && ${command.line}`
}

function failedLook(stage: Stage, base: string | null, outcome: Outcome): PartReport {
  stage.fail()
  const what = base === null ? 'The workspace' : code(base)
  return {
    success: false,
    headline: `${what} could not be listed: ${errorLine(outcome)}`,
    sections: [],
  }
}

function nothingFound(stage: Stage, facts: FolderFacts, wanted: Wanted): PartReport {
  stage.fail()
  const there = scriptNames(facts)
  const scripts =
    there.length === 0
      ? 'No scripts or targets were found at all.'
      : `Scripts and targets that are there: ${there.slice(0, 30).map(code).join(', ')}.`
  return {
    success: false,
    headline: `**No command was found for ${wanted.words}, so nothing was run.**`,
    sections: [
      section(
        'Where I looked',
        bullets([
          'scripts of package.json, deno.json and composer.json; targets of Makefile and justfile',
          'pyproject.toml, setup.cfg, tox.ini, requirements.txt; Cargo.toml; go.mod; Gradle and Maven; CMake; mix.exs; .NET projects; Package.swift; Gemfile',
          `what the folder has: ${oneLine([...facts.names].sort().join(', ') || 'nothing', 400)}`,
        ]),
        scripts,
        'You can name the command yourself, for example: run `make check`.',
      ),
    ],
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

function join(base: string | null, name: string): string {
  return base === null || base === '' || base === '.' ? name : `${base}/${name}`
}
