import type { Focus, Goal } from './intent.js'

export type VerbClass =
  | 'run'
  | 'goal'
  | 'survey'
  | 'find'
  | 'search'
  | 'compare'
  | 'show'
  | 'check'
  | 'cancel'
  | 'tell'
  | 'retry'

/** First words of a request; longer ones are tried first. */
const VERBS: Readonly<Record<VerbClass, readonly string[]>> = {
  run: [
    'run',
    'running',
    'rerun',
    're-run',
    'execute',
    'executing',
    'start',
    'starting',
    'launch',
    'launching',
    'invoke',
    'kick off',
    'fire up',
    'do',
    'doing',
    'perform',
    'performing',
    'trigger',
    'go through',
  ],
  goal: [
    'test',
    'testing',
    'retest',
    'build',
    'building',
    'rebuild',
    'compile',
    'compiling',
    'lint',
    'linting',
    'typecheck',
    'type-check',
    'type check',
    'format',
    'formatting',
    'install',
    'installing',
  ],
  survey: [
    'survey',
    'surveying',
    'analyse',
    'analyze',
    'analysing',
    'analyzing',
    'analysis of',
    'inspect',
    'inspecting',
    'examine',
    'examining',
    'scan',
    'scanning',
    'audit',
    'auditing',
    'explore',
    'exploring',
    'measure',
    'measuring',
    'investigate',
    'investigating',
    'map',
    'summarise',
    'summarize',
    'count',
    'counting',
    'report on',
    'report',
    'look at',
    'look into',
    'look through',
    'go over',
    'take stock of',
    'take a look at',
    'have a look at',
    'overview of',
    'assess',
  ],
  find: [
    'find',
    'finding',
    'look for',
    'looking for',
    'locate',
    'locating',
    'detect',
    'identify',
    'collect',
    'gather',
  ],
  search: ['search', 'searching', 'grep', 'rg', 'grepping', 'look up'],
  compare: [
    'compare',
    'comparing',
    'diff',
    'contrast',
    'difference between',
    'the difference between',
    'differences between',
    'the differences between',
  ],
  show: [
    'show',
    'show me',
    'display',
    'print',
    'list',
    'give',
    'give me',
    'get',
    'get me',
    'present',
    'open',
    'see',
    'tell me',
    'read me',
    'bring me',
  ],
  check: [
    'check',
    'checking',
    'check on',
    'verify',
    'see if',
    'see whether',
    'make sure',
    'make certain',
    'ensure',
  ],
  cancel: [
    'cancel',
    'cancelling',
    'canceling',
    'stop',
    'stopping',
    'abort',
    'aborting',
    'kill',
    'terminate',
    'quit',
    'end',
    'call off',
    'drop',
  ],
  tell: ['tell', 'message', 'inform', 'let'],
  retry: ['retry', 'try again', 'try', 'redo', 'repeat', 'restart'],
}

const VERB_LIST = Object.entries(VERBS)
  .flatMap(([verbClass, words]) =>
    words.map((word) => ({ word, verbClass: verbClass as VerbClass })),
  )
  .sort((a, b) => b.word.length - a.word.length)

export interface VerbFound {
  readonly verb: string
  readonly verbClass: VerbClass
  /** What follows the verb. */
  readonly rest: string
}

/** The verb that a clause begins with, if it is one of ours. */
export function leadingVerb(clause: string): VerbFound | null {
  const lower = clause.toLowerCase()
  for (const { word, verbClass } of VERB_LIST) {
    if (!lower.startsWith(word)) continue
    const next = lower[word.length]
    if (next !== undefined && !/[\s\uE000]/.test(next)) continue
    return { verb: word, verbClass, rest: clause.slice(word.length).trim() }
  }
  return null
}

/** What a noun phrase after "run" (or alone) asks for. The first that fits decides. */
const GOALS: readonly { readonly goal: Goal; readonly pattern: RegExp }[] = [
  { goal: 'e2e', pattern: /\b(?:e2e|end[- ]to[- ]end|playwright|cypress)\b/i },
  { goal: 'coverage', pattern: /\bcoverage\b/i },
  { goal: 'typecheck', pattern: /\b(?:type[- ]?check(?:s|er|ing)?|types|tsc)\b/i },
  { goal: 'lint', pattern: /\b(?:lint(?:s|er|ers|ing)?|eslint|biome)\b/i },
  { goal: 'format', pattern: /\b(?:format(?:ter|ting)?|prettier)\b/i },
  { goal: 'install', pattern: /\b(?:install(?:ation)?|dependencies|deps|packages)\b/i },
  {
    goal: 'test',
    pattern:
      /\b(?:(?:unit|integration)?[- ]?tests?|testing|test[- ]?suites?|specs?|pytest|vitest|jest|mocha)\b/i,
  },
  { goal: 'build', pattern: /\b(?:build|compilation|compile)\b/i },
]

export function goalIn(text: string): Goal | null {
  return GOALS.find(({ pattern }) => pattern.test(text))?.goal ?? null
}

/** The goal of a verb such as "build" or "linting". */
export function goalOfVerb(verb: string, rest: string): Goal {
  if (/^(?:re)?test/.test(verb)) return /\b(?:e2e|end[- ]to[- ]end)\b/i.test(rest) ? 'e2e' : 'test'
  if (/^(?:lint)/.test(verb)) return 'lint'
  if (/^type/.test(verb)) return 'typecheck'
  if (/^format/.test(verb)) return 'format'
  if (/^install/.test(verb)) return 'install'
  return 'build'
}

const FOCUSES: readonly { readonly focus: Focus; readonly pattern: RegExp }[] = [
  {
    focus: 'largest',
    pattern:
      /\b(?:larg(?:e|er|est)|big(?:ger|gest)?|huge|longest|oversized|heaviest)\b|\blong files?\b|\bfile sizes?\b|(?<!\b(?:folder|directory|project|code) )\bsizes?\b(?! of (?:the )?(?:folders|director))|\b(?:files|modules) (?:over|above|longer than|with more than)\b/i,
  },
  { focus: 'todos', pattern: /\b(?:to-?dos?|to-?do's|fixmes?|hacks?|xxx)\b/i },
  {
    focus: 'imports',
    pattern:
      /\b(?:import|dependency|module|require)s?[- ](?:graphs?|cycles?|structure)\b|\bimports?\b|\bcycl(?:e|es|ic)\b|\bcircular\b|\bmodule dependenc(?:y|ies)\b/i,
  },
  {
    focus: 'tests',
    pattern:
      /\btest[- ](?:to[- ](?:code|source)[- ])?(?:ratio|share|proportion)\b|\btest[- ]to[- ]code\b|\bratio\b.*\btests?\b|\b(?:how (?:much|many)|number of|amount of)\b.*\btests?\b/i,
  },
  {
    focus: 'history',
    pattern:
      /\b(?:git|commit|recent|change|version)[- ](?:history|log|changes)\b|\bhistory\b|\bcommits?\b|\b(?:authors?|contributors?|committers?)\b|\bhot ?spots?\b|\bchurn\b|\bwhat(?:'?s| has| was| have)?(?: been)?(?: recently)? changed\b|\bchanged (?:recently|lately)\b/i,
  },
  {
    focus: 'languages',
    pattern:
      /\blanguages?\b|\bloc\b|\blines of code\b|\bfile (?:types?|kinds?|extensions?)\b|\blines\b.*\bin total\b/i,
  },
  {
    focus: 'directories',
    pattern:
      /\b(?:folder|directory|project|code) (?:sizes?|structure|layout|tree)\b|\bsizes? of (?:the )?(?:folders|directories)\b|\b(?:structure|layout) of\b/i,
  },
]

export function focusesIn(text: string): Focus[] {
  return FOCUSES.filter(({ pattern }) => pattern.test(text)).map(({ focus }) => focus)
}

/** Words that name the whole workspace, not a place in it. */
const WHOLE =
  'project projects code codebase code-base repo repos repository workspace source sources sourcecode app application program everything here it this that them there tree whole entire all'
const FILLER =
  'a an the my our your its their some any every each this that these those of in on at for from to by with without and or is are was were be me us you i we it do does did done have has had please now just about what whats which who where when why how many much big large largest biggest longest long files file modules module folder folders directory directories dir subfolder under inside within recent recently latest last first top git log history overview survey analysis report sizes size lines line bytes kb mb than more over above least most languages language todo todos fixme fixmes hack hacks comments comment import imports graph cycles cycle cyclic circular dependencies dependency tests test ratio commits commit authors contributors structure layout open list all-over used contains contain containing named called'

const STOP_WORDS: ReadonlySet<string> = new Set(`${WHOLE} ${FILLER}`.split(' '))

/** Words that cannot be the name of a place unless they are quoted or look like a path. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.toLowerCase())
}

/** Words that say what a survey looks for; what is left over was not understood. */
export function isWholeWorkspace(word: string): boolean {
  return WHOLE.split(' ').includes(word.toLowerCase())
}
