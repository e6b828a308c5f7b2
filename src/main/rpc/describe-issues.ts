import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** Fields whose value is never repeated, in a message or anywhere else. */
const SECRET_FIELDS = new Set<PropertyKey>(['apiKey', 'token'])
const MOST_ISSUES = 5

/** One sentence per wrong field: which, what came, what would be right. */
export function describeIssues(issues: readonly Issue[], input: unknown): string {
  const sentences = issues.slice(0, MOST_ISSUES).map((issue) => describeIssue(issue, input))
  if (issues.length > MOST_ISSUES) sentences.push(`and ${issues.length - MOST_ISSUES} more`)
  return sentences.join('; ')
}

function describeIssue(issue: Issue, input: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key.slice(0, 100)}"`).join(', ')
    return `${pathOf(issue.path)}: unknown ${issue.keys.length === 1 ? 'field' : 'fields'} ${names}`
  }
  const value = valueAt(input, issue.path)
  const field = pathOf(issue.path)
  if (value === undefined && issue.path.length > 0) {
    return `${field}: is missing, ${expectation(issue)}`
  }
  return `${field}: ${expectation(issue)}, not ${kindOf(value, issue.path.at(-1))}`
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'params'
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOfType(issue.expected)}`
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', issue.maximum)}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return `must be ${alternatives(issue)}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return issue.message.startsWith('must') ? issue.message : `must be a valid ${issue.format}`
    default:
      return issue.message.startsWith('must') ? issue.message : `is wrong (${issue.message})`
  }
}

/** What each branch of a union would have taken, said once. */
function alternatives(issue: Issue & { code: 'invalid_union' }): string {
  const ways = issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation))
  return [...new Set(ways)].map((way) => way.replace(/^must be /, '')).join(' or ')
}

function nameOfType(expected: string): string {
  switch (expected) {
    case 'string':
      return 'a text'
    case 'int':
      return 'a whole number'
    case 'array':
      return 'a list'
    case 'boolean':
      return 'true or false'
    case 'object':
    case 'record':
      return 'an object with named fields'
    default:
      return `a ${expected}`
  }
}

function bound(origin: string, most: string, limit: number | bigint): string {
  if (origin === 'string') return `have ${most} ${limit} characters`
  if (origin === 'array' || origin === 'set') return `have ${most} ${limit} entries`
  return `be ${most} ${limit}`
}

function kindOf(value: unknown, field: PropertyKey | undefined): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  switch (typeof value) {
    case 'string':
      if ((field !== undefined && SECRET_FIELDS.has(field)) || value.length > 40) {
        return `a text of ${value.length} characters`
      }
      return `the text ${JSON.stringify(value)}`
    case 'number':
      return `the number ${value}`
    case 'boolean':
      return String(value)
    case 'undefined':
      return 'nothing'
    default:
      return 'an object'
  }
}
