import { endingOf } from '../analysis/languages.js'
import { type ImportEdge, ModuleGraph } from '../analysis/module-graph.js'
import {
  PYTHON_IMPORT_PATTERN,
  PYTHON_NAMES,
  pythonEdges,
  pythonModule,
} from '../analysis/python-imports.js'
import {
  moduleOf,
  SCRIPT_IMPORT_PATTERN,
  SCRIPT_NAMES,
  scriptEdges,
} from '../analysis/script-imports.js'
import { bullets, code, count, number, table } from '../report/markdown.js'
import { type Section, section } from '../report/report.js'
import type { Outcome, Routine } from '../routine.js'
import { errorLine, type FoundLine, parseSearch } from '../tool-text.js'
import { searchPattern } from './calls.js'
import type { Stage } from './part.js'
import type { Ground } from './place.js'
import type { Look } from './survey.js'

/** A result that was cut is asked for again in shares by the first letter of the file name. */
const SHARES = ['[a-cA-C]*', '[d-hD-H]*', '[i-oI-O]*', '[p-sP-S]*', '[^a-sA-S]*']
/** More import lines than this would crowd everything else out of the transcript. */
const MOST_SHARED_LINES = 3_000
const MOST_CYCLES = 10
const MOST_RANKED = 8

interface Dialect {
  readonly name: string
  readonly names: string
  readonly ending: RegExp
  readonly pattern: string
  readonly edges: (hits: readonly FoundLine[]) => ImportEdge[]
  readonly moduleOf: (path: string) => string
}

const DIALECTS: readonly Dialect[] = [
  {
    name: 'JavaScript and TypeScript',
    names: SCRIPT_NAMES,
    ending: /^\.(?:[cm]?[jt]sx?|vue|svelte)$/,
    pattern: SCRIPT_IMPORT_PATTERN,
    edges: scriptEdges,
    moduleOf,
  },
  {
    name: 'Python',
    names: PYTHON_NAMES,
    ending: /^\.pyi?$/,
    pattern: PYTHON_IMPORT_PATTERN,
    edges: pythonEdges,
    moduleOf: pythonModule,
  },
]

export function* importSections(stage: Stage, ground: Ground): Routine<Look> {
  const dialects = DIALECTS.filter((dialect) => hasFiles(ground, dialect))
  if (dialects.length === 0) {
    const none =
      'No JavaScript, TypeScript or Python here; imports of other languages are not read.'
    return { sections: [section('Imports', none)], problems: [] }
  }
  const sections: Section[] = []
  const problems: string[] = []
  for (const [index, dialect] of dialects.entries()) {
    const read = yield* readImports(stage, ground, dialect, index === 0 && !ground.isFile)
    if (typeof read === 'string') problems.push(read)
    else sections.push(...graphSections(dialect, read, ground))
  }
  return { sections, problems }
}

interface ImportLines {
  readonly hits: readonly FoundLine[]
  /** All import lines, also those that were cut off. */
  readonly total: number
}

/** A string is what went wrong. */
function* readImports(
  stage: Stage,
  ground: Ground,
  dialect: Dialect,
  mayShare: boolean,
): Routine<ImportLines | string> {
  const ask = (name: string) =>
    searchPattern(
      dialect.pattern,
      ground.path,
      ground.isFile ? undefined : `${name}.${dialect.names}`,
    )
  const first = yield* stage.askOne(`I search for the imports of ${dialect.name}.`, ask('*'))
  if (first.isError) return `Searching for imports (${dialect.name}) failed: ${errorLine(first)}`
  const whole = parseSearch(first.content)
  if (whole.cut === null || !mayShare || whole.total > MOST_SHARED_LINES) return whole
  const shares = yield* stage.ask(
    `There are ${number(whole.total)} import lines, more than one result holds; I read them in shares.`,
    ...SHARES.map(ask),
  )
  const hits = shares.filter((share) => !share.isError).flatMap(hitsOf)
  return hits.length > whole.hits.length
    ? { hits, total: Math.max(whole.total, hits.length) }
    : whole
}

function hitsOf(outcome: Outcome): readonly FoundLine[] {
  return parseSearch(outcome.content).hits
}

function hasFiles({ listing }: Ground, { ending }: Dialect): boolean {
  return (
    listing.endings.some((each) => ending.test(each.ending.toLowerCase())) ||
    listing.files.some((file) => ending.test(endingOf(file.path)))
  )
}

function graphSections(
  dialect: Dialect,
  { hits, total }: ImportLines,
  { listing }: Ground,
): Section[] {
  const edges = dialect.edges(hits)
  const running = new ModuleGraph(edges.filter((edge) => !edge.typeOnly))
  const whole = new ModuleGraph(edges)
  const files = listing.files.filter((file) => dialect.ending.test(endingOf(file.path)))
  const pathOf = new Map([...files, ...hits].map(({ path }) => [dialect.moduleOf(path), path]))
  const shown = (module: string) => code(pathOf.get(module) ?? module)
  const cut = total - hits.length
  const figures = `${count(edges.length, 'import')} between ${count(whole.modules, 'module')} of the workspace (from \`search_files\`; imports of packages are not counted).`
  const cutNote =
    cut > 0
      ? `The search result was cut: ${number(hits.length)} of ${number(total)} import lines were read.`
      : ''
  if (edges.length === 0) {
    return [
      section(
        `Imports: ${dialect.name}`,
        'No imports between files of the workspace were found.',
        cutNote,
      ),
    ]
  }
  return [
    section(`Imports: ${dialect.name}`, figures, cutNote, rankings(whole, shown)),
    cycleSection(dialect, running, whole, shown, cut > 0),
  ]
}

function rankings(graph: ModuleGraph, shown: (module: string) => string): string {
  const imported = graph.mostImported().slice(0, MOST_RANKED)
  const importing = graph.mostImporting().slice(0, MOST_RANKED)
  const rows = imported.map((each, index) => {
    const other = importing[index]
    return [
      shown(each.module),
      number(each.importers),
      other === undefined ? '' : shown(other.module),
      other === undefined ? '' : number(other.imports),
    ]
  })
  return table(['Most imported', 'By>', 'Imports most', 'Modules>'], rows)
}

function cycleSection(
  dialect: Dialect,
  running: ModuleGraph,
  whole: ModuleGraph,
  shown: (module: string) => string,
  cut: boolean,
): Section {
  const groups = running.components()
  const typeGroups = whole.components().length
  const lines = groups.slice(0, MOST_CYCLES).map((group) => {
    const cycle = running.shortestCycle(group).map(shown).join(' → ')
    return group.length > 2 ? `${count(group.length, 'module')}, for example ${cycle}` : cycle
  })
  const rest = groups.length - lines.length
  const title = `Import cycles: ${dialect.name}`
  const types =
    groups.length === 0 && typeGroups > 0
      ? `With \`import type\` counted as well there ${typeGroups === 1 ? 'is' : 'are'} ${count(typeGroups, 'cycle')}; nothing of that is left at run time.`
      : ''
  if (groups.length === 0) {
    return section(title, cut ? 'None among the imports that were read.' : '**None.**', types)
  }
  return section(
    title,
    `**${count(groups.length, 'group')} of modules that import each other in a circle:**`,
    bullets(lines),
    rest > 0 ? `${count(rest, 'more group')} not listed here.` : '',
    cut ? 'There may be more, because not all imports were read.' : '',
  )
}
