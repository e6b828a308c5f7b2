import { isMap } from 'yaml'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { parseYaml, type Remark, type YamlText } from './yaml-text.js'

/** What stands above the text of a Markdown file. */
export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>
  /** The text below, trimmed. */
  readonly body: string
  readonly warnings: readonly Remark[]
  /** Line of the file at which a field stands, or the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number
}

/** The opening mark stands on the first line, so the YAML begins on the second. */
const YAML_STARTS_AT = 2
const FENCE = /^---[ \t]*$/
/** `key: text` without quotes or another mark of YAML. */
const PLAIN_FIELD = /^([A-Za-z][\w-]*):[ \t]+([^\s"'[\]{}|>&*!#%@`,].*?)[ \t]*$/

/** Never throws: what is wrong is told with its line. */
export function readFrontMatter(
  text: string,
): FrontMatter | { readonly errors: readonly Remark[] } {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  if (!FENCE.test(lines[0] ?? '')) {
    return problem(1, 'there is no front matter: the first line must be "---"')
  }
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line))
  if (end === -1) return problem(1, 'the front matter does not end: a second line "---" is missing')
  const yaml = lines.slice(1, end).join('\n')
  const body = lines
    .slice(end + 1)
    .join('\n')
    .trim()
  const { document, errors, warnings, lineOf } = parseLeniently(yaml)
  if (errors.length > 0) return { errors }
  if (!isMap(document.contents)) {
    return problem(YAML_STARTS_AT, 'the front matter must be fields such as "name: reviewer"')
  }
  try {
    // Throws where aliases would make the file much larger than it is.
    const fields: Record<string, unknown> = document.toJS()
    return { fields, body, warnings, lineOf }
  } catch (error) {
    return problem(YAML_STARTS_AT, messageOf(error))
  }
}

/**
 * Descriptions with an unquoted `: ` in them are common in files that people have, and other
 * programs take them, so a file that is no YAML is read once more with such values as plain text.
 */
function parseLeniently(yaml: string): YamlText {
  const strict = parseYaml(yaml, YAML_STARTS_AT)
  if (strict.document.errors.length === 0) return strict
  const quoted: number[] = []
  const lines = yaml.split('\n').map((line, index) => {
    const [, key, value] = PLAIN_FIELD.exec(line) ?? []
    if (key === undefined || value === undefined || !/:(?:\s|$)/.test(value)) return line
    quoted.push(index + YAML_STARTS_AT)
    return `${key}: ${JSON.stringify(value)}`
  })
  const lenient = parseYaml(lines.join('\n'), YAML_STARTS_AT)
  if (quoted.length === 0 || lenient.document.errors.length > 0) return strict
  const message = 'text with ": " in it needs quotes in YAML; it was read as if it had them'
  return {
    ...lenient,
    warnings: [...quoted.map((line) => ({ line, message })), ...lenient.warnings],
  }
}

function problem(line: number, message: string) {
  return { errors: [{ line, message }] }
}
