import { endingOf, languagesOf } from '../analysis/languages.js'
import { directoriesOf, largestByBytes, largestByLines } from '../analysis/sizes.js'
import { testRatioOf } from '../analysis/test-ratio.js'
import { bytes, code, count, number, share, table } from '../report/markdown.js'
import { type Section, section } from '../report/report.js'
import type { ListedFile } from '../tool-text.js'
import type { Ground } from './place.js'
import type { Survey } from './survey.js'

const DEFAULT_TOP = 15
const MOST_LANGUAGES = 15
const MOST_DIRECTORIES = 20

export function languageSection({ listing }: Ground): Section {
  const languages = languagesOf(listing)
  const shown = languages.slice(0, MOST_LANGUAGES)
  const rows = shown.map((language) => [
    language.name,
    number(language.files),
    number(language.lines),
    bytes(language.bytes),
    share(language.lines, listing.totals.lines),
  ])
  const rest = languages.length - shown.length
  return section(
    'Languages',
    table(['Language', 'Files>', 'Lines>', 'Size>', 'Share of lines>'], rows),
    rest > 0 ? `${count(rest, 'further kind')} of files left out of the table.` : '',
  )
}

export function largestSections({ listing }: Ground, survey: Survey): Section[] {
  const top = survey.top ?? DEFAULT_TOP
  const { limit } = survey
  const sections: Section[] = []
  if (limit?.unit !== 'lines') sections.push(byBytes(listing.files, survey, top))
  if (limit?.unit !== 'bytes') sections.push(byLines(listing.files, survey, top))
  return sections
}

function byBytes(files: readonly ListedFile[], { limit }: Survey, top: number): Section {
  const largest = largestByBytes(files, limit)
  const title = limit === null ? 'Largest files' : `Files of at least ${bytes(limit.value)}`
  if (largest.length === 0) return section(title, 'There are none.')
  return section(title, fileTable(largest.slice(0, top)), more(largest.length, top, limit !== null))
}

function byLines(files: readonly ListedFile[], { limit }: Survey, top: number): Section {
  const longest = largestByLines(files, limit).filter((file) => !isData(file.path))
  const title =
    limit === null ? 'Longest text files' : `Files of at least ${count(limit.value, 'line')}`
  if (longest.length === 0) return section(title, 'There are none.')
  return section(
    title,
    fileTable(longest.slice(0, top)),
    more(longest.length, top, limit !== null),
    'Lock files, JSON and other data are left out of this list.',
  )
}

function more(all: number, top: number, limited: boolean): string {
  return limited && all > top ? `${number(all - top)} more reach the limit.` : ''
}

function isData(path: string): boolean {
  return (
    /(?:^|\/)(?:package-lock\.json|.*\.lock|.*-lock\.ya?ml|go\.sum)$/.test(path) ||
    /^\.(?:json|jsonl|csv|tsv|svg|lock|map|snap|txt|log)$/.test(endingOf(path))
  )
}

function fileTable(files: readonly ListedFile[]): string {
  return table(
    ['File', 'Size>', 'Lines>'],
    files.map((file) => [code(file.path), bytes(file.bytes), linesOf(file)]),
  )
}

function linesOf(file: ListedFile): string {
  if (file.lines !== null) return number(file.lines)
  return file.binary ? 'binary' : 'not counted'
}

export function directorySection({ listing, path }: Ground): Section {
  const directories = directoriesOf(listing.files, path ?? '.')
  const shown = directories.slice(0, MOST_DIRECTORIES)
  const rest = directories.length - shown.length
  const rows = shown.map((each) => [
    code(each.path === (path ?? '.') ? `${each.path} (files of its own)` : `${each.path}/`),
    number(each.files),
    number(each.lines),
    bytes(each.bytes),
  ])
  return section(
    'Folders',
    table(['Folder', 'Files>', 'Lines>', 'Size>'], rows),
    rest > 0 ? `${count(rest, 'smaller folder')} left out of the table.` : '',
    listing.cut === null ? '' : 'Only the files that the cut list names are counted here.',
  )
}

export function testSection({ listing }: Ground): Section {
  const ratio = testRatioOf(listing.files)
  const lines = [
    `Test code: ${count(ratio.testFiles, 'file')}, ${count(ratio.testLines, 'line')}.`,
    `Other code: ${count(ratio.codeFiles, 'file')}, ${count(ratio.codeLines, 'line')}.`,
  ]
  const verdict =
    ratio.testFiles === 0
      ? 'No file looks like a test.'
      : ratio.ratio === null
        ? 'There is no other code to compare with.'
        : `That is **${ratio.ratio.toFixed(2)} lines of test code for each line of other code**.`
  return section(
    'Tests and code',
    `${lines.join(' ')} ${verdict}`,
    'Tests are told by the names of files and folders.',
    listing.cut === null ? '' : 'Only the files that the cut list names are counted here.',
  )
}
