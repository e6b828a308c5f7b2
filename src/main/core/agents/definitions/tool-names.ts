/** Tools of Claude Code, whose files are read as well, and what does the same here. */
const SAME_HERE: Readonly<Record<string, string>> = {
  Read: 'read_file',
  Grep: 'search_files',
  Glob: 'list_files',
  LS: 'list_files',
  Bash: 'run_command',
  Edit: 'edit_file',
  MultiEdit: 'edit_file',
  Write: 'write_file',
  TodoWrite: 'update_plan',
}

/** Tools of Claude Code without a counterpart; `mcp__…` are others. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['WebFetch', 'WebSearch', 'Task', 'Agent', 'NotebookEdit', 'NotebookRead', 'TodoRead'],
  ...['BashOutput', 'KillShell', 'KillBash', 'Skill', 'SlashCommand', 'AskUserQuestion'],
  ...['EnterPlanMode', 'ExitPlanMode', 'ListMcpResourcesTool', 'ReadMcpResourceTool', 'LSP'],
  ...['TaskCreate', 'TaskGet', 'TaskList', 'TaskUpdate', 'TaskOutput', 'TaskStop', 'SendMessage'],
  ...['ToolSearch', 'Monitor', 'EnterWorktree', 'ExitWorktree', 'PowerShell'],
])

/** What one entry of a list of tools means. */
export type NamedTool =
  | { readonly kind: 'tool'; readonly name: string }
  /** `Bash(git log:*)`: part of a tool, which nothing here can grant or refuse alone. */
  | { readonly kind: 'part'; readonly name: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unknown' }

export function namedTool(entry: string, known: readonly string[]): NamedTool {
  const base = /^([^()]+)\(.*\)$/.exec(entry)?.[1]?.trim()
  if (base !== undefined) {
    const whole = namedTool(base, known)
    return whole.kind === 'tool' ? { kind: 'part', name: whole.name } : whole
  }
  const name = Object.hasOwn(SAME_HERE, entry) ? (SAME_HERE[entry] ?? entry) : entry
  if (known.includes(name)) return { kind: 'tool', name }
  return ELSEWHERE.has(entry) || entry.startsWith('mcp__')
    ? { kind: 'elsewhere' }
    : { kind: 'unknown' }
}

/** `a, b(c, d)` as its entries; null where it is neither text nor a list of texts. */
export function toolEntries(value: unknown): readonly string[] | null {
  if (typeof value === 'string') {
    return value
      .split(/,(?![^(]*\))/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
  }
  if (!Array.isArray(value)) return null
  const entries = value.map((entry) => (typeof entry === 'string' ? entry.trim() : ''))
  return entries.includes('') ? null : entries
}
