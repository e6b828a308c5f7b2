import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'

const Manifest = z.object({ scripts: z.record(z.string(), z.string()).catch({}) })

const LOCKFILES: readonly (readonly [file: string, runner: string])[] = [
  ['pnpm-lock.yaml', 'pnpm run'],
  ['yarn.lock', 'yarn run'],
  ['bun.lock', 'bun run'],
  ['bun.lockb', 'bun run'],
]

/** The line that builds a project, as its own files say; null when they say nothing. */
export async function findBuildCommand(workspace: string): Promise<string | null> {
  const files = await filesOf(workspace)
  const script = await findScript(workspace, files, ['build', 'compile'])
  if (script !== null) return script
  const target = await findMakeTarget(workspace, files, ['build', 'all'])
  if (target !== null) return target
  if (files.has('Cargo.toml')) return 'cargo build'
  if (files.has('go.mod')) return 'go build ./...'
  if (files.has('build.gradle') || files.has('build.gradle.kts')) {
    return files.has('gradlew') ? './gradlew build -x test' : 'gradle build -x test'
  }
  if (files.has('pom.xml')) return 'mvn -q package -DskipTests'
  if (files.has('CMakeLists.txt')) return 'cmake -S . -B build && cmake --build build'
  if (files.has('pyproject.toml')) return 'python3 -m build'
  return files.has('tsconfig.json') ? 'npx tsc -b' : null
}

/** The line that runs a project's end-to-end tests; null when its files name none. */
export async function findE2eCommand(workspace: string): Promise<string | null> {
  const files = await filesOf(workspace)
  const names = ['test:e2e', 'e2e', 'e2e:test', 'test:integration', 'cypress', 'playwright']
  const script = await findScript(workspace, files, names)
  if (script !== null) return script
  const target = await findMakeTarget(workspace, files, ['e2e', 'test-e2e', 'e2e-test'])
  if (target !== null) return target
  if ([...files].some((name) => name.startsWith('playwright.config.'))) return 'npx playwright test'
  return [...files].some((name) => name.startsWith('cypress.config.')) ? 'npx cypress run' : null
}

/** @throws AppError `not_found` when the folder cannot be listed */
async function filesOf(workspace: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(workspace))
  } catch (error) {
    throw new AppError(
      'not_found',
      `the folder ${workspace} cannot be listed: ${messageOf(error)}`,
      {
        cause: error,
      },
    )
  }
}

/** Null for what is no file, or not ours to read: then it names no command. */
async function textOf(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? await readFile(path, 'utf8') : null
  } catch {
    // Reported as "no command found": the task's own error tells what to do.
    return null
  }
}

async function findScript(
  workspace: string,
  files: ReadonlySet<string>,
  names: readonly string[],
): Promise<string | null> {
  if (!files.has('package.json')) return null
  const text = await textOf(join(workspace, 'package.json'))
  const manifest = Manifest.safeParse(parseJson(text ?? ''))
  if (!manifest.success) return null
  const name = names.find((candidate) => Object.hasOwn(manifest.data.scripts, candidate))
  if (name === undefined) return null
  const runner = LOCKFILES.find(([file]) => files.has(file))?.[1] ?? 'npm run'
  return `${runner} ${name}`
}

async function findMakeTarget(
  workspace: string,
  files: ReadonlySet<string>,
  names: readonly string[],
): Promise<string | null> {
  const file = ['GNUmakefile', 'makefile', 'Makefile'].find((name) => files.has(name))
  if (file === undefined) return null
  const text = await textOf(join(workspace, file))
  if (text === null) return null
  const target = names.find((name) => new RegExp(`^${name}\\s*:(?!=)`, 'm').test(text))
  return target === undefined ? null : `make ${target}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Reported as "no command found": the task's own error tells what to do.
    return undefined
  }
}
