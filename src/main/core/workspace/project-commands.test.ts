import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBuildCommand, findE2eCommand } from './project-commands.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-commands-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}

const scripts = (...names: string[]) =>
  JSON.stringify({ scripts: Object.fromEntries(names.map((name) => [name, 'true'])) })

describe('the build command', () => {
  it.each([
    [{ 'package.json': scripts('build'), Makefile: 'build:\n' }, 'npm run build'],
    [{ 'package.json': scripts('build'), 'pnpm-lock.yaml': '' }, 'pnpm run build'],
    [{ 'package.json': scripts('compile'), 'yarn.lock': '' }, 'yarn run compile'],
    [{ 'package.json': '{ broken', Makefile: 'x = 1\nbuild : a\n\ttrue\n' }, 'make build'],
    [{ Makefile: 'build := 3\nall:\n' }, 'make all'],
    [{ 'Cargo.toml': '' }, 'cargo build'],
    [{ 'go.mod': '' }, 'go build ./...'],
    [{ 'pom.xml': '' }, 'mvn -q package -DskipTests'],
    [{ 'build.gradle': '', gradlew: '' }, './gradlew build -x test'],
    [{ 'build.gradle.kts': '' }, 'gradle build -x test'],
    [{ 'CMakeLists.txt': '' }, 'cmake -S . -B build && cmake --build build'],
    [{ 'pyproject.toml': '' }, 'python3 -m build'],
    [{ 'tsconfig.json': '{}' }, 'npx tsc -b'],
    [{ 'notes.txt': '' }, null],
  ])('of %j is %j', async (files, command) => {
    await write(files as Record<string, string>)
    expect(await findBuildCommand(folder)).toBe(command)
  })
})

describe('the end-to-end test command', () => {
  it.each([
    [{ 'package.json': scripts('e2e', 'test:e2e') }, 'npm run test:e2e'],
    [{ Makefile: 'e2e:\n' }, 'make e2e'],
    [{ 'playwright.config.ts': '' }, 'npx playwright test'],
    [{ 'cypress.config.js': '' }, 'npx cypress run'],
    [{ 'package.json': scripts('test') }, null],
  ])('of %j is %j', async (files, command) => {
    await write(files as Record<string, string>)
    expect(await findE2eCommand(folder)).toBe(command)
  })
})

describe('a project that cannot be read', () => {
  it('names no command where a manifest is a folder', async () => {
    await mkdir(join(folder, 'package.json'))
    await mkdir(join(folder, 'Makefile'))
    expect(await findBuildCommand(folder)).toBeNull()
  })

  it('is said to be gone', async () => {
    const gone = join(folder, 'gone')
    await expect(findE2eCommand(gone)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining(`the folder ${gone} cannot be listed`),
    })
  })
})
