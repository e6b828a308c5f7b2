import { describe, expect, it } from 'vitest'
import type { Goal } from '../words/intent.js'
import { commandsFor, scriptNamed, scriptNames } from './find-command.js'
import type { FolderFacts } from './manifests.js'

function folder(files: Readonly<Record<string, string>>): FolderFacts {
  return { names: new Set(Object.keys(files)), texts: new Map(Object.entries(files)) }
}

const scripts = (all: Readonly<Record<string, string>>, more: object = {}) =>
  JSON.stringify({ scripts: all, ...more })

describe('the command for a goal', () => {
  it.each<[Readonly<Record<string, string>>, Goal, string | undefined]>([
    [{ 'package.json': scripts({ test: 'vitest' }) }, 'test', 'npm test'],
    [{ 'package.json': scripts({ test: 'x' }), 'pnpm-lock.yaml': '' }, 'test', 'pnpm test'],
    [{ 'package.json': scripts({ build: 'x' }), 'yarn.lock': '' }, 'build', 'yarn run build'],
    [{ 'package.json': scripts({ test: 'x' }), 'bun.lock': '' }, 'test', 'bun run test'],
    [
      { 'package.json': scripts({ lint: 'x' }, { packageManager: 'pnpm@9.1.0' }), 'yarn.lock': '' },
      'lint',
      'pnpm run lint',
    ],
    [
      { 'package.json': scripts({ test: 'echo "Error: no test specified" && exit 1' }) },
      'test',
      undefined,
    ],
    [
      { 'package.json': scripts({}, { devDependencies: { vitest: '1' } }) },
      'test',
      'npx vitest run',
    ],
    [
      { 'package.json': scripts({}, { devDependencies: { typescript: '5' } }) },
      'typecheck',
      'npx tsc --noEmit',
    ],
    [{ 'package.json': scripts({ 'test:e2e': 'x', test: 'y' }) }, 'e2e', 'npm run test:e2e'],
    [{ 'package.json': '{}', 'package-lock.json': '' }, 'install', 'npm ci'],
    [{ 'package.json': '{ broken', Makefile: 'test: a\n\tx\n' }, 'test', 'make test'],
    [{ 'package.json': '[1]' }, 'test', undefined],
    [{ 'package.json': '{"scripts": ["test"]}' }, 'test', undefined],
    [{ Makefile: 'CC := gcc\ntest-all lint: x\n.PHONY: test\n' }, 'lint', 'make lint'],
    [{ Makefile: 'test := 1\n' }, 'test', undefined],
    [{ justfile: 'test:\n  x\n' }, 'test', 'just test'],
    [{ 'Cargo.toml': '' }, 'test', 'cargo test'],
    [{ 'go.mod': '' }, 'build', 'go build ./...'],
    [{ 'pyproject.toml': '[tool.pytest.ini_options]' }, 'test', 'python3 -m pytest'],
    [{ 'pyproject.toml': 'pytest', 'uv.lock': '' }, 'test', 'uv run pytest'],
    [{ 'setup.py': '' }, 'test', 'python3 -m unittest discover'],
    [{ 'tox.ini': '' }, 'test', 'python3 -m tox'],
    [{ 'requirements.txt': 'ruff' }, 'lint', 'python3 -m ruff check .'],
    [{ 'pom.xml': '', mvnw: '' }, 'test', './mvnw test'],
    [{ 'build.gradle.kts': '' }, 'test', 'gradle test'],
    [{ 'deno.json': '{"tasks": {"test": "deno test -A"}}' }, 'test', 'deno task test'],
    [{ 'deno.json': '{}' }, 'test', 'deno test'],
    [{ 'composer.json': '{}', 'phpunit.xml': '' }, 'test', 'vendor/bin/phpunit'],
    [{ 'App.sln': '' }, 'build', 'dotnet build'],
    [{ Gemfile: 'gem "rspec"' }, 'test', 'bundle exec rspec'],
    [{ 'README.md': '' }, 'test', undefined],
    [{}, 'build', undefined],
  ])('%j, %s: %s', (files, goal, line) => {
    expect(commandsFor(goal, folder(files))[0]?.line).toBe(line)
  })

  it('tells the other possibilities too, each once', () => {
    const files = { 'package.json': scripts({ test: 'x' }), Makefile: 'test:\n', 'Cargo.toml': '' }
    expect(commandsFor('test', folder(files)).map(({ line }) => line)).toEqual([
      'npm test',
      'make test',
      'cargo test',
    ])
  })

  it('finds scripts by name and names what there is', () => {
    const files = folder({
      'package.json': scripts({ dev: 'vite', constructor: 'x' }),
      Makefile: 'all clean:\n',
    })
    expect(scriptNamed('dev', files)[0]?.line).toBe('npm run dev')
    expect(scriptNamed('clean', files)[0]?.line).toBe('make clean')
    expect(scriptNamed('toString', files)).toEqual([])
    expect(scriptNames(files)).toEqual(['dev', 'constructor', 'all', 'clean'])
  })
})
