import { stripVTControlCharacters } from 'node:util'
import * as other from './other-runners.js'
import * as scripts from './script-runners.js'
import type { SummaryReader, TestSummary } from './test-summary.js'

const READERS: readonly SummaryReader[] = [
  scripts.vitest,
  scripts.jest,
  scripts.nodeTest,
  scripts.mocha,
  scripts.playwright,
  scripts.bun,
  scripts.deno,
  other.pytest,
  other.unittest,
  other.cargo,
  other.go,
  other.maven,
  other.gradle,
  other.phpunit,
  other.rspec,
  other.dotnet,
]

/**
 * What the test runners in an output counted; one entry for each runner that speaks in it, none
 * where no known summary is found. Nothing is counted from single test lines.
 */
export function readTestOutput(output: string): TestSummary[] {
  const plain = stripVTControlCharacters(output).replaceAll('\r\n', '\n')
  return READERS.flatMap((read) => read(plain) ?? [])
}

/** Why a command could not run at all, as far as its output tells; null when it does not. */
export function missingPieceIn(output: string): string | null {
  for (const { pattern, hint } of HINTS) {
    const match = pattern.exec(output)
    if (match !== null) return hint(match[1] ?? match[2] ?? '')
  }
  return null
}

const HINTS: readonly { readonly pattern: RegExp; readonly hint: (name: string) => string }[] = [
  {
    pattern: /No module named '?([\w.]+)'?/,
    hint: (name) => `The Python module \`${name}\` is not installed.`,
  },
  {
    pattern: /Cannot find (?:module|package) '([^'./][^']*)'/,
    hint: (name) =>
      `The package \`${name}\` is not installed; installing the dependencies may help.`,
  },
  {
    pattern:
      /(?:^|\n)(?:\/bin\/)?(?:sh|bash|dash|zsh): (?:line )?(?:\d+: )?([^\s:]+): (?:command )?not found/,
    hint: (name) =>
      `The program \`${name}\` was not found; it is not installed, or the dependencies are not.`,
  },
  {
    pattern: /'([^'\n]+)' is not recognized as an internal or external command/,
    hint: (name) =>
      `The program \`${name}\` was not found; it is not installed, or the dependencies are not.`,
  },
  {
    pattern: /Missing script: "?([^"\n]+)"?/,
    hint: (name) => `package.json has no script \`${name}\`.`,
  },
]
