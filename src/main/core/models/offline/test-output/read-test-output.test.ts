import { describe, expect, it } from 'vitest'
import { missingPieceIn, readTestOutput } from './read-test-output.js'

type Row = readonly [
  name: string,
  output: string,
  counts: readonly [number, number, number],
  failures: readonly string[],
]

const OUTPUTS: readonly Row[] = [
  [
    'Vitest',
    '\u001b[31m FAIL \u001b[39m src/a.test.ts > adds > two\nAssertionError: x\n\n Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 10 passed | 2 skipped (13)\n   Duration  1.2s',
    [10, 1, 2],
    ['src/a.test.ts > adds > two'],
  ],
  [
    'Jest',
    'FAIL src/a.test.js\n  ● sum › adds\n\n    expect(x)\n\nTests:       1 failed, 1 skipped, 5 passed, 7 total\nTime: 1 s',
    [5, 1, 1],
    ['sum › adds'],
  ],
  [
    'node:test',
    'TAP version 13\nnot ok 2 - breaks\nok 1 - works\n# tests 3\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n',
    [1, 1, 1],
    ['breaks'],
  ],
  [
    'node:test',
    '✔ works (1ms)\n✖ breaks (0.5ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\nℹ skipped 0\nℹ todo 0',
    [1, 1, 0],
    ['breaks'],
  ],
  [
    'Mocha',
    '  12 passing (3s)\n  1 pending\n  1 failing\n\n  1) Array\n       indexOf:\n     Error: x\n',
    [12, 1, 1],
    ['Array › indexOf'],
  ],
  [
    'Playwright',
    'Running 3 tests\n\n  1 failed\n    [chromium] › a.spec.ts:3:1 › shows the title ───────\n  1 skipped\n  2 passed (4.1s)\n',
    [2, 1, 1],
    ['[chromium] › a.spec.ts:3:1 › shows the title'],
  ],
  [
    'pytest',
    'FAILED tests/test_a.py::test_b - assert 1 == 2\n==== 1 failed, 10 passed, 2 skipped, 1 error in 1.23s (0:00:01) ====',
    [10, 2, 2],
    ['tests/test_a.py::test_b'],
  ],
  ['pytest', '....\n4 passed in 0.10s', [4, 0, 0], []],
  [
    'unittest',
    'FAIL: test_x (m.T)\n\nRan 5 tests in 0.003s\n\nFAILED (failures=1, skipped=1)',
    [3, 1, 1],
    ['test_x (m.T)'],
  ],
  [
    'cargo test',
    'test a::b ... FAILED\ntest result: FAILED. 3 passed; 1 failed; 1 ignored; 0 measured\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured',
    [5, 1, 1],
    ['a::b'],
  ],
  [
    'go test',
    '--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.00s)\nFAIL\nFAIL\texample.com/x\t0.01s\n',
    [1, 1, 0],
    ['TestB'],
  ],
  [
    'go test (packages)',
    'ok  \texample.com/a\t0.01s\nok  \texample.com/b\t(cached)\n',
    [2, 0, 0],
    [],
  ],
  [
    'Maven',
    'Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s\n[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1',
    [2, 2, 1],
    [],
  ],
  [
    'Gradle',
    'MyTest > adds FAILED\n12 tests completed, 1 failed, 2 skipped',
    [9, 1, 2],
    ['MyTest > adds'],
  ],
  ['PHPUnit', 'OK (5 tests, 8 assertions)', [5, 0, 0], []],
  [
    'RSpec',
    '5 examples, 1 failure, 1 pending\n\nrspec ./spec/a_spec.rb:3 # adds',
    [3, 1, 1],
    ['./spec/a_spec.rb:3'],
  ],
  [
    'Deno',
    'adds ... FAILED (1ms)\nFAILED | 3 passed | 1 failed | 2 ignored (12ms)',
    [3, 1, 2],
    ['adds'],
  ],
  [
    'Bun',
    '(fail) adds [0.1ms]\n\n 3 pass\n 1 fail\nRan 4 tests across 1 files.',
    [3, 1, 0],
    ['adds'],
  ],
  [
    'dotnet test',
    'Failed!  - Failed:     1, Passed:     5, Skipped:     2, Total:     8',
    [5, 1, 2],
    [],
  ],
]

describe('what test runners counted', () => {
  it.each(OUTPUTS)('%s: %j', (runner, output, [passed, failed, skipped], failures) => {
    expect(readTestOutput(output)).toEqual([{ runner, passed, failed, skipped, failures }])
    expect(readTestOutput(output.replaceAll('\n', '\r\n'))).toHaveLength(1)
  })

  it.each([
    '',
    'all good',
    'Tests are fun (3)',
    'passed 3 failed 4',
    '# pass',
    'test result: unclear',
  ])('counts nothing in %j', (output) => {
    expect(readTestOutput(output)).toEqual([])
  })

  it('tells several runners apart', () => {
    const output = '      Tests  3 passed (3)\n\n  2 passed (4.1s)\n'
    expect(readTestOutput(output).map(({ runner }) => runner)).toEqual(['Vitest', 'Playwright'])
  })
})

describe('what was missing', () => {
  it.each([
    ['sh: 1: vitest: not found', 'vitest'],
    ['/bin/sh: 1: cargo: not found', 'cargo'],
    ['bash: line 1: pytest: command not found', 'pytest'],
    ["Error: Cannot find module 'react'", 'react'],
    ["ModuleNotFoundError: No module named 'numpy'", 'numpy'],
    ['npm error Missing script: "lint"', 'lint'],
  ])('%j', (output, name) => {
    expect(missingPieceIn(output)).toContain(name)
  })

  it('stays silent about a plain failure', () => {
    expect(missingPieceIn("1 failed\nCannot find module './local.js'")).toBeNull()
  })
})
