import { allMatches, counted, lastMatch, type SummaryReader } from './test-summary.js'

/** ` Tests  2 failed | 10 passed | 1 skipped (13)` */
export const vitest: SummaryReader = (output) => {
  const line = lastMatch(
    output,
    /^\s*Tests\s{2,}(.*(?:passed|failed|skipped|todo).*\(\d+\).*)$/gm,
  )?.[1]
  const suites = lastMatch(output, /^\s*Test Files\s{2,}(.*)$/gm)?.[1]
  if (line === undefined && suites === undefined) return null
  if (line === undefined && /\bTests\s+no tests/.test(output) === false) return null
  return {
    runner: 'Vitest',
    passed: counted(line ?? '', 'passed'),
    failed: counted(line ?? '', 'failed'),
    skipped: counted(line ?? '', 'skipped') + counted(line ?? '', 'todo'),
    failures: allMatches(output, /^\s*FAIL\s+(.+?)(?:\s+\[.*\])?$/gm),
  }
}

/** `Tests:       1 failed, 2 skipped, 10 passed, 13 total` */
export const jest: SummaryReader = (output) => {
  const line = lastMatch(output, /^Tests:\s+(.*\btotal)\s*$/gm)?.[1]
  if (line === undefined) return null
  return {
    runner: 'Jest',
    passed: counted(line, 'passed'),
    failed: counted(line, 'failed'),
    skipped: counted(line, 'skipped') + counted(line, 'todo'),
    failures: allMatches(output, /^\s*●\s+(.+?)\s*$/gm).filter(
      (name) => name.includes(' › ') || !/^(?:Console|Test suite failed)/.test(name),
    ),
  }
}

/** `# pass 12` (TAP) or `ℹ pass 12` (spec) of node --test; several runs in one output add up. */
export const nodeTest: SummaryReader = (output) => {
  const total = (name: string) => {
    const matches = [...output.matchAll(new RegExp(`^(?:#|ℹ)\\s${name} (\\d+)\\s*$`, 'gm'))]
    return matches.length === 0 ? null : matches.reduce((sum, match) => sum + Number(match[1]), 0)
  }
  const passed = total('pass')
  const failed = total('fail')
  if (passed === null || failed === null) return null
  const tap = allMatches(output, /^\s*not ok \d+ - (.+?)(?: # .*)?$/gm)
  const spec = allMatches(output, /^\s*✖ (.+?) \([\d.]+ms\)\s*$/gm)
  return {
    runner: 'node:test',
    passed,
    failed,
    skipped: (total('skipped') ?? 0) + (total('todo') ?? 0),
    failures: tap.length > 0 ? tap : spec,
  }
}

/** `  12 passing (3s)`, `  2 failing`, then `  1) suite name:` */
export const mocha: SummaryReader = (output) => {
  const passing = lastMatch(output, /^\s*(\d+) passing(?: \(.*\))?\s*$/gm)?.[1]
  if (passing === undefined) return null
  const failing = lastMatch(output, /^\s*(\d+) failing\s*$/gm)
  const tail = failing === null ? '' : output.slice(failing.index)
  return {
    runner: 'Mocha',
    passed: Number(passing),
    failed: Number(failing?.[1] ?? 0),
    skipped: Number(lastMatch(output, /^\s*(\d+) pending\s*$/gm)?.[1] ?? 0),
    failures: [...tail.matchAll(/^\s*\d+\) (.+(?:\n\s{7,}.+)*?):\s*$/gm)].map((match) =>
      (match[1] ?? '')
        .split('\n')
        .map((part) => part.trim())
        .join(' › '),
    ),
  }
}

/** `  3 failed` and `  12 passed (10.2s)`, each on a line of its own, with `[chromium] › …` above. */
export const playwright: SummaryReader = (output) => {
  const passed = lastMatch(output, /^\s{2}(\d+) passed(?: \([\d.]+(?:ms|s|m|h)\))?\s*$/gm)?.[1]
  const failed = lastMatch(output, /^\s{2}(\d+) failed\s*$/gm)
  if (passed === undefined && failed === null) return null
  const other = (word: string) =>
    Number(lastMatch(output, new RegExp(`^\\s{2}(\\d+) ${word}\\s*$`, 'gm'))?.[1] ?? 0)
  const tail = failed === null ? '' : output.slice(failed.index + failed[0].length)
  return {
    runner: 'Playwright',
    passed: Number(passed ?? 0),
    failed: Number(failed?.[1] ?? 0),
    skipped: other('skipped') + other('did not run'),
    failures: allMatches(tail, /^\s{4}((?:\[.+?\] › )?\S+:\d+:\d+ › .+?)\s*─*$/gm),
  }
}

/** ` 10 pass`, ` 2 fail`, `Ran 12 tests across 3 files.` */
export const bun: SummaryReader = (output) => {
  const passed = lastMatch(output, /^\s*(\d+) pass\s*$/gm)?.[1]
  const failed = lastMatch(output, /^\s*(\d+) fail\s*$/gm)?.[1]
  if (passed === undefined || failed === undefined) return null
  return {
    runner: 'Bun',
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(lastMatch(output, /^\s*(\d+) skip\s*$/gm)?.[1] ?? 0),
    failures: allMatches(output, /^\(fail\) (.+?)(?: \[[\d.]+ms\])?$/gm),
  }
}

/** `ok | 3 passed | 0 failed (12ms)` */
export const deno: SummaryReader = (output) => {
  const line = lastMatch(output, /^(?:ok|FAILED) \| (\d+ passed.*)$/gm)?.[1]
  if (line === undefined) return null
  return {
    runner: 'Deno',
    passed: counted(line, 'passed'),
    failed: counted(line, 'failed'),
    skipped: counted(line, 'ignored'),
    failures: allMatches(output, /^(.+?) \.\.\. FAILED/gm),
  }
}
