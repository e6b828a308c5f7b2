import type { Goal } from '../words/intent.js'
import { fromEcosystems } from './ecosystems.js'
import {
  type FolderFacts,
  type FoundCommand,
  packageJsonOf,
  parseJson,
  stringsOf,
  targetsIn,
} from './manifests.js'

/** Names that a script or target for a goal usually has, the likeliest first. */
const NAMES: Readonly<Record<Goal, readonly string[]>> = {
  test: ['test', 'tests', 'test:unit', 'unit', 'unit-test', 'test:all', 'check'],
  e2e: [
    'test:e2e',
    'e2e',
    'e2e:test',
    'test-e2e',
    'e2e-test',
    'test:integration',
    'cypress',
    'playwright',
  ],
  build: ['build', 'compile', 'bundle', 'dist', 'all'],
  lint: ['lint', 'lint:all', 'eslint', 'check:lint', 'check'],
  typecheck: ['typecheck', 'type-check', 'types', 'check:types', 'tsc', 'check-types'],
  format: ['format', 'fmt', 'prettier', 'format:write'],
  install: ['install', 'setup', 'deps', 'bootstrap'],
  coverage: ['coverage', 'test:coverage', 'test:cov', 'cov', 'test-coverage'],
}

/** What `npm init` writes where no tests are. */
const PLACEHOLDER = /no test specified/

/**
 * Every command that a folder's own files give for a goal, the most telling first: scripts, then
 * targets, then what the tool chain of the language would do.
 */
export function commandsFor(goal: Goal, folder: FolderFacts): FoundCommand[] {
  const byName = goal === 'install' ? [] : NAMES[goal].flatMap((name) => scriptNamed(name, folder))
  const byChain = fromEcosystems(goal, folder)
  const targets =
    goal === 'install' ? NAMES.install.flatMap((name) => targetNamed(name, folder)) : []
  const found = [...byName, ...byChain, ...targets]
  return found.filter(
    (command, index) => found.findIndex((other) => other.line === command.line) === index,
  )
}

/** The command of a script or target with exactly this name. */
export function scriptNamed(name: string, folder: FolderFacts): FoundCommand[] {
  return [
    ...packageScript(name, folder),
    ...denoTask(name, folder),
    ...composerScript(name, folder),
    ...targetNamed(name, folder),
  ]
}

/** All names that `scriptNamed` would find, for telling what there is. */
export function scriptNames(folder: FolderFacts): string[] {
  const manifest = packageJsonOf(folder)
  return [
    ...(manifest?.scripts.keys() ?? []),
    ...stringsOf(denoJson(folder)['tasks']).keys(),
    ...makefileOf(folder).flatMap(({ text }) => targetsIn(text)),
  ]
}

function packageScript(name: string, folder: FolderFacts): FoundCommand[] {
  const manifest = packageJsonOf(folder)
  const body = manifest?.scripts.get(name)
  if (manifest === null || body === undefined || PLACEHOLDER.test(body)) return []
  const line =
    name === 'test' && manifest.manager !== 'bun'
      ? `${manifest.manager} test`
      : `${manifest.run} ${name}`
  return [{ line, source: `script "${name}" of package.json (\`${body}\`)` }]
}

function denoJson(folder: FolderFacts): Readonly<Record<string, unknown>> {
  const text = folder.texts.get('deno.json') ?? folder.texts.get('deno.jsonc') ?? ''
  return parseJson(text) ?? {}
}

function denoTask(name: string, folder: FolderFacts): FoundCommand[] {
  const body = stringsOf(denoJson(folder)['tasks']).get(name)
  return body === undefined
    ? []
    : [{ line: `deno task ${name}`, source: `task "${name}" of deno.json (\`${body}\`)` }]
}

function composerScript(name: string, folder: FolderFacts): FoundCommand[] {
  const scripts = parseJson(folder.texts.get('composer.json') ?? '')?.['scripts']
  const known = typeof scripts === 'object' && scripts !== null && Object.hasOwn(scripts, name)
  return known
    ? [{ line: `composer run ${name}`, source: `script "${name}" of composer.json` }]
    : []
}

function targetNamed(name: string, folder: FolderFacts): FoundCommand[] {
  return makefileOf(folder).flatMap(({ file, program, text }) =>
    targetsIn(text).includes(name)
      ? [{ line: `${program} ${name}`, source: `target "${name}" of ${file}` }]
      : [],
  )
}

function makefileOf({ texts }: FolderFacts): { file: string; program: string; text: string }[] {
  const make = ['GNUmakefile', 'makefile', 'Makefile'].find((file) => texts.has(file))
  const files = [
    ...(make === undefined ? [] : [{ file: make, program: 'make' }]),
    { file: 'justfile', program: 'just' },
  ]
  return files.flatMap(({ file, program }) => {
    const text = texts.get(file)
    return text === undefined ? [] : [{ file, program, text }]
  })
}
