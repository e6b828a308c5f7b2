import { bullets, code, count, number, oneLine } from '../report/markdown.js'
import { type PartReport, section } from '../report/report.js'
import type { Outcome, Routine } from '../routine.js'
import {
  errorCodeOf,
  errorLine,
  type FoundLine,
  parseSearch,
  type SearchHits,
} from '../tool-text.js'
import type { Place } from '../words/intent.js'
import { searchPattern, searchText } from './calls.js'
import type { Part, Stage } from './part.js'

const MOST_FILES = 40
const LINES_PER_FILE = 5

export function searchPart(query: string, place: Place | null): Part {
  const where = place === null ? 'the workspace' : place.path
  return {
    title: `Search for ${query}`,
    steps: [`Search ${where} for ${query}`],
    *run(stage) {
      stage.begin(0)
      const found = yield* search(stage, query, place)
      if (found.kind === 'failed') {
        stage.fail()
        return { success: false, headline: `**Not searched:** ${found.reason}`, sections: [] }
      }
      return searchReport(query, found)
    },
  }
}

type Found =
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'found'
      readonly path: string | null
      readonly notes: readonly string[]
      readonly result: SearchHits
    }

function* search(stage: Stage, query: string, place: Place | null): Routine<Found> {
  const ignoreCase = query === query.toLowerCase()
  const asked = place === null || place.path === '.' ? null : place.path
  let path = asked
  const notes: string[] = []
  let outcome = yield* stage.askOne(
    `I search for ${code(query)} in ${path === null ? 'the workspace' : code(path)}.`,
    searchText(query, path, ignoreCase),
  )
  if (isMissing(outcome) && asked !== null && place?.certain === false) {
    notes.push(`There is no file or folder ${code(asked)}, so the whole workspace was searched.`)
    path = null
    outcome = yield* stage.askOne(
      `There is no file or folder ${code(asked)}; I search the whole workspace.`,
      searchText(query, null, ignoreCase),
    )
  }
  if (outcome.isError) return { kind: 'failed', reason: errorLine(outcome) }
  let result = parseSearch(outcome.content)
  const words = query.split(/\s+/)
  if (result.hits.length === 0 && words.length > 1 && words.length <= 6) {
    const loose = yield* stage.askOne(
      'Nothing has the exact words; I search for them with other text between.',
      searchPattern(`(?i)${words.map(escaped).join('.*')}`, path),
    )
    const other = loose.isError ? null : parseSearch(loose.content)
    if (other !== null && other.hits.length > 0) {
      notes.push('No line has exactly these words; these lines have them in this order.')
      result = other
    }
  }
  if (ignoreCase) notes.push('Upper and lower case were not told apart.')
  return { kind: 'found', path, notes, result }
}

function isMissing(outcome: Outcome): boolean {
  return errorCodeOf(outcome) === 'not_found'
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|#&~-]/g, '\\$&')
}

function searchReport(query: string, found: Extract<Found, { kind: 'found' }>): PartReport {
  const { result, path, notes } = found
  const where = path === null ? 'the workspace' : code(path)
  if (result.hits.length === 0) {
    return {
      success: true,
      headline: `**Nothing found:** no line of ${where} has ${code(query)} (from \`search_files\`; ignored files are not searched).`,
      sections: [section(null, notes.join(' '))],
    }
  }
  const groups = [...Map.groupBy(result.hits, (hit) => hit.path)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  )
  const shown = groups.slice(0, MOST_FILES)
  const rest = groups.length - shown.length
  return {
    success: true,
    headline: `**${count(result.total, 'line')} in ${count(result.files, 'file')}** of ${where} have ${code(query)} (from \`search_files\`).`,
    sections: [
      section(
        null,
        notes.join(' '),
        result.cut === null ? '' : `The result was cut (“${result.cut}”).`,
      ),
      section(
        'Places',
        shown.map(([file, hits]) => fileLines(file, hits)).join('\n'),
        rest > 0 ? `${count(rest, 'more file')} not listed here.` : '',
      ),
    ],
  }
}

function fileLines(file: string, hits: readonly FoundLine[]): string {
  const lines = hits
    .slice(0, LINES_PER_FILE)
    .map((hit) => `line ${hit.line}: ${code(oneLine(hit.text, 160) || ' ')}`)
  const rest = hits.length - lines.length
  if (rest > 0) lines.push(`and ${number(rest)} more`)
  return `- ${code(file)} (${count(hits.length, 'line')})\n${bullets(lines).replace(/^/gm, '  ')}`
}
