import { ALWAYS_GRANTED } from './agent-definition.js'
import type { FrontMatter } from './front-matter.js'
import { type NamedTool, namedTool, toolEntries } from './tool-names.js'
import type { Remark } from './yaml-text.js'

export interface GrantedTools {
  /** Null: all. */
  readonly tools: string[] | null
  readonly errors: readonly Remark[]
  readonly warnings: readonly Remark[]
}

type Field = 'tools' | 'disallowedTools'

/** What `tools` and `disallowedTools` of a file leave of the tools that there are. */
export function grantedTools(matter: FrontMatter, known: readonly string[]): GrantedTools {
  const granted = read('tools', matter, known)
  const refused = read('disallowedTools', matter, known)
  const left = (granted.tools ?? known).filter((name) => !refused.tools?.includes(name))
  const isAll = granted.tools === null && refused.tools === null
  return {
    tools: isAll ? null : [...new Set([...left, ...ALWAYS_GRANTED])],
    errors: [...granted.errors, ...refused.errors],
    warnings: [...granted.warnings, ...refused.warnings],
  }
}

function read(
  field: Field,
  { fields, lineOf }: FrontMatter,
  known: readonly string[],
): GrantedTools {
  const value = fields[field]
  const remark = (message: string) => [{ line: lineOf([field]), message: `${field}: ${message}` }]
  if (value === undefined || (value === null && field !== 'tools')) return nothing({})
  if (value === null) return nothing({ warnings: remark('is empty, so all are granted') })
  const entries = toolEntries(value)
  if (entries === null) {
    return nothing({ errors: remark('must be a list of names, or names with commas between them') })
  }
  if (entries.includes('*')) return nothing(field === 'tools' ? {} : { tools: [...known] })
  const errors: Remark[] = []
  const warnings: Remark[] = []
  const tools = entries.flatMap((entry, index) => {
    const tool = namedTool(entry, known)
    const line = lineOf([field, index])
    if (tool.kind === 'unknown') {
      const message = `${field}: there is no tool "${entry}"; the tools are ${known.join(', ')}`
      errors.push({ line, message })
      return []
    }
    const doubt = doubtAbout(field, entry, tool)
    if (doubt !== null) warnings.push({ line, message: `${field}: ${doubt}` })
    if (tool.kind === 'elsewhere' || (tool.kind === 'part' && field === 'tools')) return []
    return [tool.name]
  })
  return { tools, errors, warnings }
}

/** Where a file says more than can be done, the agent gets less rather than more. */
function doubtAbout(field: Field, entry: string, tool: NamedTool): string | null {
  if (tool.kind === 'part') {
    return field === 'tools'
      ? `"${entry}" cannot be granted in part and is left out; ${tool.name} grants all of it`
      : `"${entry}" cannot be refused in part; all of ${tool.name} is left out`
  }
  return tool.kind === 'elsewhere' && field === 'tools'
    ? `there is no "${entry}" here; it is left out`
    : null
}

function nothing(found: Partial<GrantedTools>): GrantedTools {
  return { tools: null, errors: [], warnings: [], ...found }
}
