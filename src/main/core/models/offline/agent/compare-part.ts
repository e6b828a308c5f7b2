import { diffLines } from '../../../text/line-diff.js'
import { languagesOf } from '../analysis/languages.js'
import { block, bullets, bytes, code, count, number, table } from '../report/markdown.js'
import { type PartReport, type Section, section } from '../report/report.js'
import type { Outcome, Routine } from '../routine.js'
import {
  errorCodeOf,
  errorLine,
  type Listing,
  parseFileText,
  parseListing,
  parseSearch,
} from '../tool-text.js'
import { tidyPath } from '../words/places.js'
import { listAll, readFile, searchText } from './calls.js'
import type { Part, Stage } from './part.js'

const MOST_NAMES = 30

export function comparePart(left: string, right: string): Part {
  return {
    title: `Compare ${left} and ${right}`,
    steps: [`Look at ${left} and ${right}`, 'Compare them'],
    *run(stage) {
      stage.begin(0)
      const report = yield* compare(stage, left, right)
      if (!report.success) stage.fail()
      return report
    },
  }
}

type Side =
  | { readonly kind: 'folder'; readonly path: string; readonly listing: Listing }
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'missing'
      readonly path: string
      readonly why: string
      readonly absent: boolean
    }

function* compare(stage: Stage, left: string, right: string): Routine<PartReport> {
  const paths = [tidyPath(left), tidyPath(right)]
  const listed = yield* stage.ask(
    `I look at ${code(left)} and ${code(right)}.`,
    ...paths.map((path) => listAll(path)),
  )
  const [a, b] = paths.map((path, index) => sideOf(path, listed[index]))
  stage.begin(1)
  if (a?.kind === 'folder' && b?.kind === 'folder') return compareFolders(a, b)
  if (a?.kind === 'file' && b?.kind === 'file') return yield* compareFiles(stage, a.path, b.path)
  if (isAbsent(a) && isAbsent(b) && !/[/\\]/.test(left + right)) {
    return yield* compareWords(stage, left, right)
  }
  return failed(
    [a, b].map((side) => {
      if (side === undefined) return ''
      if (side.kind === 'missing') return `${code(side.path)} could not be looked at: ${side.why}`
      return `${code(side.path)} is a ${side.kind}.`
    }),
  )
}

/** Neither a file nor a folder, as the tool said for sure. */
function isAbsent(side: Side | undefined): boolean {
  return side?.kind === 'missing' && side.absent
}

function sideOf(path: string, outcome: Outcome | undefined): Side {
  if (outcome === undefined) return { kind: 'missing', path, why: 'no answer', absent: false }
  if (!outcome.isError) return { kind: 'folder', path, listing: parseListing(outcome.content) }
  const errorCode = errorCodeOf(outcome)
  return errorCode === 'invalid_params'
    ? { kind: 'file', path }
    : { kind: 'missing', path, why: errorLine(outcome), absent: errorCode === 'not_found' }
}

function* compareFiles(stage: Stage, left: string, right: string): Routine<PartReport> {
  const [a, b] = yield* stage.ask(
    `I read ${code(left)} and ${code(right)}.`,
    readFile(left),
    readFile(right),
  )
  if (a === undefined || b === undefined || a.isError || b.isError) {
    return failed([a, b].flatMap((outcome) => (outcome?.isError ? [errorLine(outcome)] : [])))
  }
  const one = parseFileText(a.content)
  const other = parseFileText(b.content)
  const difference = diffLines(one.text, other.text)
  const cut = one.cut || other.cut
  const equal = difference.added === 0 && difference.removed === 0
  const verdict = equal
    ? `**${code(left)} and ${code(right)} are the same${cut ? ' as far as they were read' : ''}.**`
    : `**${count(difference.same, 'line')} in common; ${count(difference.removed, 'line')} only in ${code(left)}, ${count(difference.added, 'line')} only in ${code(right)}.**`
  const notes = [
    'From `read_file` of both.',
    cut ? 'At least one of them is too long for one reading: only its beginning was compared.' : '',
    difference.approximate ? 'They differ so much that lines were not matched one by one.' : '',
  ]
  return {
    success: true,
    headline: verdict,
    sections: [
      section(null, notes.filter((note) => note !== '').join(' ')),
      sizesSection([
        [left, one.text],
        [right, other.text],
      ]),
      ...(equal ? [] : [excerptSection(difference.excerpt, difference.excerptCut)]),
    ],
  }
}

function sizesSection(files: readonly (readonly [path: string, text: string])[]): Section {
  const rows = files.map(([path, text]) => [
    code(path),
    number(text === '' ? 0 : text.replace(/\n$/, '').split('\n').length),
    bytes(Buffer.byteLength(text)),
  ])
  return section('Sizes', table(['File', 'Lines>', 'Size of the text>'], rows))
}

function excerptSection(lines: readonly string[], cut: boolean): Section {
  return section(
    'Changed lines',
    block(lines.join('\n'), 'diff'),
    cut ? `Only the first ${count(lines.length, 'changed line')} are shown.` : '',
  )
}

function compareFolders(
  a: Extract<Side, { kind: 'folder' }>,
  b: Extract<Side, { kind: 'folder' }>,
): PartReport {
  const left = relative(a)
  const right = relative(b)
  const onlyLeft = [...left.keys()].filter((name) => !right.has(name)).sort()
  const onlyRight = [...right.keys()].filter((name) => !left.has(name)).sort()
  const both = [...left.keys()].filter((name) => right.has(name)).sort()
  const differing = both.filter((name) => left.get(name) !== right.get(name))
  const cut = [a, b].filter((side) => side.listing.cut !== null).map((side) => code(side.path))
  return {
    success: true,
    headline: `**${code(a.path)} and ${code(b.path)}: ${count(both.length, 'file')} by the same name, ${number(differing.length)} of them of another size; ${number(onlyLeft.length)} only in the first, ${number(onlyRight.length)} only in the second.**`,
    sections: [
      section(
        null,
        'From `list_files` of both; ignored files are not counted. Files of equal size may still differ in what they hold.',
        cut.length === 0
          ? ''
          : `The list of ${cut.join(' and ')} was cut, so names may be missing.`,
      ),
      totalsSection([a, b]),
      ...namesSection(`Only in ${code(a.path)}`, onlyLeft),
      ...namesSection(`Only in ${code(b.path)}`, onlyRight),
      ...namesSection('Of another size', differing),
    ],
  }
}

function relative({ path, listing }: Extract<Side, { kind: 'folder' }>): Map<string, number> {
  const prefix = path === '.' ? '' : `${path}/`
  return new Map(
    listing.files.map((file) => [
      file.path.startsWith(prefix) ? file.path.slice(prefix.length) : file.path,
      file.bytes,
    ]),
  )
}

function totalsSection(sides: readonly Extract<Side, { kind: 'folder' }>[]): Section {
  const rows = sides.map(({ path, listing }) => [
    code(path),
    number(listing.totals.files),
    number(listing.totals.lines),
    bytes(listing.totals.bytes),
    languagesOf(listing)
      .slice(0, 3)
      .map((language) => language.name)
      .join(', '),
  ])
  return section('Totals', table(['Folder', 'Files>', 'Lines>', 'Size>', 'Mostly'], rows))
}

function namesSection(title: string, names: readonly string[]): Section[] {
  if (names.length === 0) return []
  const rest = names.length - MOST_NAMES
  return [
    section(
      title,
      bullets(names.slice(0, MOST_NAMES).map(code)),
      rest > 0 ? `${count(rest, 'more file')} not listed here.` : '',
    ),
  ]
}

/** Neither is a file or folder: then what can be told is where the workspace speaks of them. */
function* compareWords(stage: Stage, left: string, right: string): Routine<PartReport> {
  const outcomes = yield* stage.ask(
    `Neither is a file or folder here; I count where the workspace names ${code(left)} and ${code(right)}.`,
    searchText(left, null, true),
    searchText(right, null, true),
  )
  const errors = outcomes.filter((outcome) => outcome.isError)
  if (errors.length > 0) return failed(errors.map(errorLine))
  const rows = [left, right].map((word, index) => {
    const result = parseSearch(outcomes[index]?.content ?? '')
    const top = [...Map.groupBy(result.hits, (hit) => hit.path)]
      .sort(([, x], [, y]) => y.length - x.length)
      .slice(0, 3)
      .map(([path]) => code(path))
    return [code(word), number(result.total), number(result.files), top.join(', ')]
  })
  return {
    success: true,
    headline: `Neither ${code(left)} nor ${code(right)} is a file or folder of the workspace. What can be told without a language model is how often the workspace names them:`,
    sections: [section(null, table(['Text', 'Lines>', 'Files>', 'Most often in'], rows))],
  }
}

function failed(reasons: readonly string[]): PartReport {
  const why = reasons.filter((reason) => reason !== '').join(' ')
  return { success: false, headline: `**Not compared:** ${why || 'no answer'}`, sections: [] }
}
