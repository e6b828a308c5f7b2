import type { Goal } from '../words/intent.js'
import {
  type ByGoal,
  defined,
  type FolderFacts,
  type FoundCommand,
  packageJsonOf,
} from './manifests.js'
import { PYTHON_SIGNS, pythonCommands } from './python-commands.js'

interface Ecosystem {
  /** Why these commands apply; null when they do not. */
  readonly sign: (folder: FolderFacts) => string | null
  readonly commands: (folder: FolderFacts) => ByGoal
}

/** What the tool chains of languages do without being told by a script, in this order. */
const ECOSYSTEMS: readonly Ecosystem[] = [
  { sign: nodeSign, commands: nodeCommands },
  {
    sign: ({ names }) => (names.has('Cargo.toml') ? 'Cargo.toml' : null),
    commands: () => ({
      test: 'cargo test',
      build: 'cargo build',
      lint: 'cargo clippy',
      typecheck: 'cargo check',
      format: 'cargo fmt',
      install: 'cargo fetch',
    }),
  },
  {
    sign: ({ names }) => (names.has('go.mod') ? 'go.mod' : null),
    commands: () => ({
      test: 'go test ./...',
      build: 'go build ./...',
      lint: 'go vet ./...',
      typecheck: 'go vet ./...',
      format: 'gofmt -l -w .',
      install: 'go mod download',
      coverage: 'go test -cover ./...',
    }),
  },
  { sign: ({ names }) => present(names, PYTHON_SIGNS), commands: pythonCommands },
  {
    sign: ({ names }) =>
      present(names, [
        'build.gradle',
        'build.gradle.kts',
        'settings.gradle',
        'settings.gradle.kts',
      ]),
    commands: ({ names }) => {
      const gradle = names.has('gradlew') ? './gradlew' : 'gradle'
      return { test: `${gradle} test`, build: `${gradle} build -x test`, lint: `${gradle} check` }
    },
  },
  {
    sign: ({ names }) => present(names, ['pom.xml']),
    commands: ({ names }) => {
      const maven = names.has('mvnw') ? './mvnw' : 'mvn'
      return {
        test: `${maven} test`,
        build: `${maven} package -DskipTests`,
        install: `${maven} dependency:resolve`,
      }
    },
  },
  {
    sign: ({ names }) => present(names, ['deno.json', 'deno.jsonc']),
    commands: () => ({
      test: 'deno test',
      lint: 'deno lint',
      format: 'deno fmt',
      coverage: 'deno test --coverage',
    }),
  },
  {
    sign: ({ names }) => present(names, ['composer.json']),
    commands: ({ names }) => ({
      install: 'composer install',
      ...(present(names, ['phpunit.xml', 'phpunit.xml.dist']) === null
        ? {}
        : { test: 'vendor/bin/phpunit' }),
    }),
  },
  {
    sign: ({ names }) => present(names, ['mix.exs']),
    commands: () => ({
      test: 'mix test',
      build: 'mix compile',
      format: 'mix format',
      install: 'mix deps.get',
    }),
  },
  {
    sign: ({ names }) =>
      [...names].find((name) => /\.(?:sln|slnx|csproj|fsproj)$/.test(name)) ?? null,
    commands: () => ({
      test: 'dotnet test',
      build: 'dotnet build',
      format: 'dotnet format',
      install: 'dotnet restore',
    }),
  },
  {
    sign: ({ names }) => present(names, ['Package.swift']),
    commands: () => ({
      test: 'swift test',
      build: 'swift build',
      install: 'swift package resolve',
    }),
  },
  {
    sign: ({ names }) => present(names, ['Gemfile']),
    commands: ({ names, texts }) => {
      const usesRspec = names.has('.rspec') || /\brspec\b/.test(texts.get('Gemfile') ?? '')
      return {
        install: 'bundle install',
        test: usesRspec ? 'bundle exec rspec' : 'bundle exec rake test',
      }
    },
  },
  {
    sign: ({ names }) => present(names, ['CMakeLists.txt']),
    commands: () => ({
      build: 'cmake -S . -B build && cmake --build build',
      test: 'ctest --test-dir build --output-on-failure',
    }),
  },
  {
    sign: ({ names }) => present(names, ['tsconfig.json']),
    commands: () => ({ typecheck: 'npx tsc --noEmit', build: 'npx tsc -b' }),
  },
]

export function fromEcosystems(goal: Goal, folder: FolderFacts): FoundCommand[] {
  return ECOSYSTEMS.flatMap(({ sign, commands }) => {
    const source = sign(folder)
    const line = source === null ? undefined : commands(folder)[goal]
    return source === null || line === undefined ? [] : [{ line, source }]
  })
}

function nodeSign(folder: FolderFacts): string | null {
  return packageJsonOf(folder) === null ? null : 'package.json'
}

function nodeCommands(folder: FolderFacts): ByGoal {
  const manifest = packageJsonOf(folder)
  if (manifest === null) return {}
  const { dependencies, manager } = manifest
  const locked = folder.names.has('package-lock.json') || folder.names.has('npm-shrinkwrap.json')
  const first = (...known: readonly (readonly [name: string, line: string])[]) =>
    known.find(([name]) => dependencies.has(name))?.[1]
  const commands = {
    install: manager === 'npm' && locked ? 'npm ci' : `${manager} install`,
    test: first(
      ['vitest', 'npx vitest run'],
      ['jest', 'npx jest'],
      ['mocha', 'npx mocha'],
      ['ava', 'npx ava'],
    ),
    coverage: first(
      ['vitest', 'npx vitest run --coverage'],
      ['jest', 'npx jest --coverage'],
      ['c8', 'npx c8 npm test'],
    ),
    e2e: first(['@playwright/test', 'npx playwright test'], ['cypress', 'npx cypress run']),
    lint: first(
      ['eslint', 'npx eslint .'],
      ['@biomejs/biome', 'npx biome check'],
      ['oxlint', 'npx oxlint'],
    ),
    typecheck: first(['typescript', 'npx tsc --noEmit']),
    format: first(
      ['prettier', 'npx prettier --write .'],
      ['@biomejs/biome', 'npx biome format --write'],
    ),
  }
  return defined(commands)
}

function present(names: ReadonlySet<string>, wanted: readonly string[]): string | null {
  return wanted.find((name) => names.has(name)) ?? null
}
