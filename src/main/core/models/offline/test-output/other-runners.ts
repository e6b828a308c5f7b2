import { allMatches, counted, lastMatch, type SummaryReader } from './test-summary.js'

/** `=== 1 failed, 10 passed, 2 skipped in 1.23s ===`; with -q without the signs. */
export const pytest: SummaryReader = (output) => {
  const line = lastMatch(
    output,
    /^=*\s*((?:\d+ (?:failed|passed|skipped|errors?|xfailed|xpassed|deselected|warnings?|rerun)(?:, )?)+|no tests ran) in [\d.:]+s?.*$/gm,
  )?.[1]
  if (line === undefined) return null
  return {
    runner: 'pytest',
    passed: counted(line, 'passed') + counted(line, 'xpassed'),
    failed: counted(line, 'failed') + counted(line, 'errors?'),
    skipped: counted(line, 'skipped') + counted(line, 'xfailed'),
    failures: allMatches(output, /^(?:FAILED|ERROR) (\S+?::.+?|\S+\.py)(?: - .*)?$/gm),
  }
}

/** `Ran 5 tests in 0.003s`, then `OK (skipped=1)` or `FAILED (failures=1, errors=1)` */
export const unittest: SummaryReader = (output) => {
  const ran = lastMatch(output, /^Ran (\d+) tests? in [\d.]+s\s*$/gm)
  if (ran === null) return null
  const end = output.slice(ran.index)
  const value = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(end)?.[1] ?? 0)
  const failed = value('failures') + value('errors') + value('unexpected successes')
  const skipped = value('skipped') + value('expected failures')
  return {
    runner: 'unittest',
    passed: Math.max(0, Number(ran[1]) - failed - skipped),
    failed,
    skipped,
    failures: allMatches(output, /^(?:FAIL|ERROR): (.+?)$/gm),
  }
}

/** `test result: FAILED. 3 passed; 1 failed; 0 ignored; …`, once for each test binary. */
export const cargo: SummaryReader = (output) => {
  const lines = [...output.matchAll(/^test result: \w+\. (.*)$/gm)].map((match) => match[1] ?? '')
  if (lines.length === 0) return null
  const sum = (word: string) => lines.reduce((all, line) => all + counted(line, word), 0)
  return {
    runner: 'cargo test',
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('ignored'),
    failures: allMatches(output, /^test (.+?) \.\.\. FAILED\s*$/gm),
  }
}

/**
 * `--- FAIL: TestX (0.00s)` and, with -v, `--- PASS:`. Without -v only packages are told, so then
 * packages are counted.
 */
export const go: SummaryReader = (output) => {
  const ok = [...output.matchAll(/^ok\s*\t\S+/gm)].length
  const failedPackages = allMatches(output, /^FAIL\t(\S+)(?:\s+.*)?$/gm)
  if (ok === 0 && failedPackages.length === 0) return null
  const failures = allMatches(output, /^\s*--- FAIL: (\S+)/gm)
  const passedTests = [...output.matchAll(/^\s*--- PASS: /gm)].length
  const verbose = passedTests > 0
  return {
    runner: verbose ? 'go test' : 'go test (packages)',
    passed: verbose ? passedTests : ok,
    failed: verbose ? failures.length : failedPackages.length,
    skipped: [...output.matchAll(/^\s*--- SKIP: /gm)].length,
    failures: failures.length > 0 ? failures : failedPackages,
  }
}

/** `Tests run: 5, Failures: 1, Errors: 0, Skipped: 0`; the last line is Maven's sum. */
export const maven: SummaryReader = (output) => {
  const match = lastMatch(
    output,
    /Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)(?!.*(?:Time elapsed))/g,
  )
  if (match === null) return null
  const [run = 0, failures = 0, errors = 0, skipped = 0] = match.slice(1).map(Number)
  return {
    runner: 'Maven',
    passed: Math.max(0, run - failures - errors - skipped),
    failed: failures + errors,
    skipped,
    failures: allMatches(output, /^\[ERROR\]\s+(\S+\.\S+(?::\d+)?)(?:\s.*)?$/gm).filter((name) =>
      /[.:]\w+/.test(name),
    ),
  }
}

/** `12 tests completed, 1 failed, 2 skipped`, which Gradle prints when one fails. */
export const gradle: SummaryReader = (output) => {
  const line = lastMatch(output, /^(\d+) tests? completed(.*)$/gm)
  if (line === null) return null
  const failed = counted(line[2] ?? '', 'failed')
  const skipped = counted(line[2] ?? '', 'skipped')
  return {
    runner: 'Gradle',
    passed: Math.max(0, Number(line[1]) - failed - skipped),
    failed,
    skipped,
    failures: allMatches(output, /^(\S.* > .+?) FAILED\s*$/gm),
  }
}

/** `OK (5 tests, 8 assertions)` or `Tests: 5, Assertions: 8, Failures: 1.` */
export const phpunit: SummaryReader = (output) => {
  const ok = lastMatch(output, /^OK \((\d+) tests?, \d+ assertions?\)/gm)
  const line = lastMatch(output, /^Tests: (\d+), Assertions: \d+(.*)$/gm)
  if (ok === null && line === null) return null
  const value = (name: string) =>
    Number(new RegExp(`${name}: (\\d+)`).exec(line?.[2] ?? '')?.[1] ?? 0)
  const failed = value('Failures') + value('Errors')
  const skipped = value('Skipped') + value('Incomplete')
  const all = Number(ok?.[1] ?? line?.[1] ?? 0)
  return {
    runner: 'PHPUnit',
    passed: Math.max(0, all - failed - skipped),
    failed,
    skipped,
    failures: allMatches(output, /^\d+\) (\S+::\S+.*)$/gm),
  }
}

/** `5 examples, 1 failure, 2 pending` */
export const rspec: SummaryReader = (output) => {
  const line = lastMatch(output, /^(\d+) examples?, (\d+) failures?(?:, (\d+) pending)?/gm)
  if (line === null) return null
  const [all = 0, failed = 0, skipped = 0] = line.slice(1).map((value) => Number(value ?? 0))
  return {
    runner: 'RSpec',
    passed: Math.max(0, all - failed - skipped),
    failed,
    skipped,
    failures: allMatches(output, /^rspec (\S+.*?)(?: #.*)?$/gm),
  }
}

/** `Failed!  - Failed:     1, Passed:     5, Skipped:     0, Total:     6` for each assembly. */
export const dotnet: SummaryReader = (output) => {
  const lines = [
    ...output.matchAll(
      /^(?:Passed|Failed)!\s+- Failed:\s+(\d+), Passed:\s+(\d+), Skipped:\s+(\d+)/gm,
    ),
  ]
  if (lines.length === 0) return null
  const sum = (index: number) => lines.reduce((all, line) => all + Number(line[index] ?? 0), 0)
  return {
    runner: 'dotnet test',
    passed: sum(2),
    failed: sum(1),
    skipped: sum(3),
    failures: allMatches(output, /^\s+Failed (\S+)(?: \[.*\])?\s*$/gm),
  }
}
