import type { Goal } from '../words/intent.js'

/** What is known of a folder: the names in it and the text of the files that tell commands. */
export interface FolderFacts {
  readonly names: ReadonlySet<string>
  /** File name to text, of the manifests that could be read. */
  readonly texts: ReadonlyMap<string, string>
}

/** A command and the file that says so. */
export interface FoundCommand {
  readonly line: string
  /** For people: "script \"test\" of package.json". */
  readonly source: string
}

export type ByGoal = Partial<Readonly<Record<Goal, string>>>

export function defined(commands: Readonly<Record<string, string | undefined>>): ByGoal {
  return Object.fromEntries(
    Object.entries(commands).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Files whose text decides; everything else only counts by being there. */
export const MANIFESTS = [
  'package.json',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'justfile',
  'Taskfile.yml',
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  'requirements.txt',
  'deno.json',
  'deno.jsonc',
  'composer.json',
  'Gemfile',
] as const

export interface PackageJson {
  readonly scripts: ReadonlyMap<string, string>
  readonly dependencies: ReadonlySet<string>
  readonly manager: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** What it is called in `npm run`; pnpm, yarn and bun take the same word. */
  readonly run: string
}

/** Null when there is none or it cannot be read. */
export function packageJsonOf(folder: FolderFacts): PackageJson | null {
  const parsed = parseJson(folder.texts.get('package.json') ?? '')
  if (parsed === null) return null
  const manager = managerOf(folder, parsed)
  return {
    scripts: stringsOf(parsed['scripts']),
    dependencies: new Set([
      ...Object.keys(recordOf(parsed['dependencies'])),
      ...Object.keys(recordOf(parsed['devDependencies'])),
    ]),
    manager,
    run: `${manager} run`,
  }
}

function managerOf(
  { names }: FolderFacts,
  manifest: Readonly<Record<string, unknown>>,
): PackageJson['manager'] {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(String(manifest['packageManager'] ?? ''))?.[1]
  if (named === 'npm' || named === 'pnpm' || named === 'yarn' || named === 'bun') return named
  if (names.has('pnpm-lock.yaml')) return 'pnpm'
  if (names.has('yarn.lock')) return 'yarn'
  return names.has('bun.lock') || names.has('bun.lockb') ? 'bun' : 'npm'
}

/** Targets of a Makefile or recipes of a justfile, in order. Patterns and variables are none. */
export function targetsIn(text: string): string[] {
  const targets = [
    ...text.matchAll(/^([A-Za-z0-9][\w.-]*(?:[ \t]+[A-Za-z0-9][\w.-]*)*)[ \t]*:(?![:=])/gm),
  ]
  return targets.flatMap((match) => (match[1] ?? '').split(/\s+/))
}

export function parseJson(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null
  } catch {
    // Not JSON: the file then tells no commands, and the report says where was looked.
    return null
  }
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The entries that are texts; a Map, because scripts may be called `constructor`. */
export function stringsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(recordOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}
