import type { ListedFile } from '../tool-text.js'
import { isCodeFile } from './languages.js'

const TEST_DIRECTORY = /(?:^|\/)(?:tests?|__tests__|specs?|e2e|testing|testdata|fixtures)\//i
const TEST_NAME =
  /(?:[._-](?:test|tests|spec|e2e|cy)\.[^./]+|(?:^|\/)test_[^/]+\.py|_test\.(?:go|py|rb|exs?|dart|cc|cpp)|_spec\.rb|(?:^|\/)conftest\.py|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|scala|swift|php))$/

export function isTestFile(path: string): boolean {
  return TEST_NAME.test(path) || TEST_DIRECTORY.test(path)
}

export interface TestRatio {
  readonly testFiles: number
  readonly testLines: number
  readonly codeFiles: number
  readonly codeLines: number
  /** Lines of test code for each line of other code; null where there is no other code. */
  readonly ratio: number | null
}

/** Test code against the rest, told apart by names of files and folders. Only code counts. */
export function testRatioOf(files: readonly ListedFile[]): TestRatio {
  const code = files.filter((file) => isCodeFile(file.path))
  const tests = code.filter((file) => isTestFile(file.path))
  const rest = code.filter((file) => !isTestFile(file.path))
  const testLines = linesOf(tests)
  const codeLines = linesOf(rest)
  return {
    testFiles: tests.length,
    testLines,
    codeFiles: rest.length,
    codeLines,
    ratio: codeLines === 0 ? null : testLines / codeLines,
  }
}

function linesOf(files: readonly ListedFile[]): number {
  return files.reduce((sum, file) => sum + (file.lines ?? 0), 0)
}
