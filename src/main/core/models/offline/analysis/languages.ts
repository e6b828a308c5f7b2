import type { EndingTotals, ListedFile, Listing } from '../tool-text.js'

type Role = 'code' | 'style' | 'markup' | 'data' | 'text'

interface Language {
  readonly name: string
  readonly role: Role
  readonly endings: readonly string[]
}

const LANGUAGES: readonly Language[] = [
  { name: 'TypeScript', role: 'code', endings: ['.ts', '.tsx', '.mts', '.cts'] },
  { name: 'JavaScript', role: 'code', endings: ['.js', '.jsx', '.mjs', '.cjs'] },
  { name: 'Python', role: 'code', endings: ['.py', '.pyi', '.pyw'] },
  { name: 'Rust', role: 'code', endings: ['.rs'] },
  { name: 'Go', role: 'code', endings: ['.go'] },
  { name: 'Java', role: 'code', endings: ['.java'] },
  { name: 'Kotlin', role: 'code', endings: ['.kt', '.kts'] },
  { name: 'Scala', role: 'code', endings: ['.scala', '.sc'] },
  { name: 'C', role: 'code', endings: ['.c', '.h'] },
  { name: 'C++', role: 'code', endings: ['.cc', '.cpp', '.cxx', '.hh', '.hpp', '.hxx'] },
  { name: 'C#', role: 'code', endings: ['.cs'] },
  { name: 'F#', role: 'code', endings: ['.fs', '.fsx'] },
  { name: 'Swift', role: 'code', endings: ['.swift'] },
  { name: 'Objective-C', role: 'code', endings: ['.m', '.mm'] },
  { name: 'Ruby', role: 'code', endings: ['.rb', '.rake'] },
  { name: 'PHP', role: 'code', endings: ['.php'] },
  { name: 'Perl', role: 'code', endings: ['.pl', '.pm'] },
  { name: 'Lua', role: 'code', endings: ['.lua'] },
  { name: 'R', role: 'code', endings: ['.r'] },
  { name: 'Julia', role: 'code', endings: ['.jl'] },
  { name: 'Dart', role: 'code', endings: ['.dart'] },
  { name: 'Elixir', role: 'code', endings: ['.ex', '.exs'] },
  { name: 'Erlang', role: 'code', endings: ['.erl', '.hrl'] },
  { name: 'Haskell', role: 'code', endings: ['.hs'] },
  { name: 'OCaml', role: 'code', endings: ['.ml', '.mli'] },
  { name: 'Clojure', role: 'code', endings: ['.clj', '.cljs', '.cljc'] },
  { name: 'Zig', role: 'code', endings: ['.zig'] },
  { name: 'Vue', role: 'code', endings: ['.vue'] },
  { name: 'Svelte', role: 'code', endings: ['.svelte'] },
  { name: 'Astro', role: 'code', endings: ['.astro'] },
  { name: 'Shell', role: 'code', endings: ['.sh', '.bash', '.zsh', '.fish'] },
  { name: 'PowerShell', role: 'code', endings: ['.ps1', '.psm1'] },
  { name: 'Batch', role: 'code', endings: ['.bat', '.cmd'] },
  { name: 'SQL', role: 'code', endings: ['.sql'] },
  { name: 'GraphQL', role: 'code', endings: ['.graphql', '.gql'] },
  { name: 'Protocol Buffers', role: 'code', endings: ['.proto'] },
  { name: 'Terraform', role: 'code', endings: ['.tf', '.tfvars'] },
  { name: 'CSS', role: 'style', endings: ['.css', '.scss', '.sass', '.less', '.styl'] },
  { name: 'HTML', role: 'markup', endings: ['.html', '.htm', '.xhtml', '.ejs', '.hbs', '.pug'] },
  { name: 'XML', role: 'markup', endings: ['.xml', '.xsd', '.xsl', '.plist', '.svg'] },
  { name: 'JSON', role: 'data', endings: ['.json', '.jsonc', '.json5', '.jsonl', '.ndjson'] },
  { name: 'YAML', role: 'data', endings: ['.yml', '.yaml'] },
  { name: 'TOML', role: 'data', endings: ['.toml'] },
  { name: 'CSV', role: 'data', endings: ['.csv', '.tsv'] },
  { name: 'Markdown', role: 'text', endings: ['.md', '.mdx', '.markdown'] },
  { name: 'reStructuredText', role: 'text', endings: ['.rst'] },
  { name: 'Plain text', role: 'text', endings: ['.txt', '.log', '.adoc'] },
]

const BY_ENDING: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap((language) => language.endings.map((ending) => [ending, language])),
)

export interface LanguageTotals {
  /** The language, or the ending itself where it is not known. */
  readonly name: string
  readonly isCode: boolean
  readonly files: number
  readonly bytes: number
  readonly lines: number
}

export function isCodeFile(path: string): boolean {
  return BY_ENDING.get(endingOf(path))?.role === 'code'
}

/** The ending of a file name, with its dot, in lower case; empty when there is none. */
export function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot).toLowerCase()
}

/** Files by language, most lines first. Exact also for a list that was cut: the totals are not. */
export function languagesOf(listing: Listing): LanguageTotals[] {
  const endings = listing.endings.length > 0 ? listing.endings : totalsByEnding(listing.files)
  const totals = new Map<string, LanguageTotals>()
  for (const { ending, files, bytes, lines } of endings) {
    const language = BY_ENDING.get(ending.toLowerCase())
    const name = language?.name ?? (/^\.?\w/.test(ending) ? ending : 'no ending')
    const before = totals.get(name)
    totals.set(name, {
      name,
      isCode: language?.role === 'code',
      files: files + (before?.files ?? 0),
      bytes: bytes + (before?.bytes ?? 0),
      lines: lines + (before?.lines ?? 0),
    })
  }
  return [...totals.values()].sort((a, b) => b.lines - a.lines || b.bytes - a.bytes)
}

function totalsByEnding(files: readonly ListedFile[]): EndingTotals[] {
  return [...Map.groupBy(files, (file) => endingOf(file.path))].map(([ending, group]) => ({
    ending,
    files: group.length,
    bytes: group.reduce((sum, file) => sum + file.bytes, 0),
    lines: group.reduce((sum, file) => sum + (file.lines ?? 0), 0),
  }))
}
