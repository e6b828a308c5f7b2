import { basename } from 'node:path'
import type { z } from 'zod'
import type { Check } from '../../../shared/model/check.js'
import { Workflow, type WorkflowInput } from '../../../shared/model/workflow.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import { decodeUtf8, LARGEST_DEFINITION } from '../agents/definitions/definition-folder.js'
import { parseYaml, type Remark, type YamlText } from '../agents/definitions/yaml-text.js'
import { graphProblems } from './part-graph.js'
import { placeholdersIn, shellProblem } from './placeholders.js'
import { WorkflowFile } from './workflow-file.js'

export type ParsedWorkflow =
  | { readonly workflow: Workflow }
  | { readonly errors: readonly Remark[] }

type Path = readonly PropertyKey[]
/** Something wrong with a field. */
interface Fault {
  readonly path: Path
  readonly message: string
}

/** Reads a workflow. Never throws: what is wrong is told with its line. */
export function parseWorkflow(
  content: Uint8Array,
  { path, source }: Pick<Workflow, 'path' | 'source'>,
): ParsedWorkflow {
  if (content.length > LARGEST_DEFINITION) return problem('the file is larger than 256 KB')
  const text = decodeUtf8(content)
  if (text === null) return problem('the file is not UTF-8')
  const yaml = parseYaml(text, 1)
  if (yaml.errors.length > 0) return { errors: yaml.errors }
  const fields = fieldsOf(yaml)
  if (typeof fields === 'string') return problem(fields)
  const parsed = WorkflowFile.safeParse({
    ...fields,
    name: fields.name ?? basename(path).replace(/\.ya?ml$/i, ''),
  })
  if (!parsed.success) return { errors: remarks(parsed.error.issues.flatMap(faultsOf), yaml) }
  const { inputs: given, ...file } = parsed.data
  const inputs = inputsOf(given)
  const faults = [
    ...inputFaults(given),
    ...graphProblems(file.parts).map(({ part, field, message }) => ({
      path: ['parts', part, field],
      message,
    })),
    ...placeholderFaults(parsed.data, inputs),
  ]
  if (faults.length > 0) return { errors: remarks(faults, yaml) }
  return { workflow: Workflow.parse({ ...file, inputs, source, path }) }
}

/** Text says why there are none. */
function fieldsOf({ document }: YamlText): Record<string, unknown> | string {
  try {
    // Throws where aliases would make the file much larger than it is.
    const value: unknown = document.toJS()
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : 'the file must be fields such as "goal: …" and "parts: …"'
  } catch (error) {
    return messageOf(error)
  }
}

function inputsOf(given: WorkflowFile['inputs']): WorkflowInput[] {
  const listed = Array.isArray(given)
    ? given
    : Object.entries(given).map(([name, input]) => ({ description: '', ...input, name }))
  return listed.map(({ name, description, required, command, ...rest }) => ({
    name,
    description,
    required: rest.default === undefined && required !== false,
    ...(rest.default === undefined ? {} : { default: rest.default }),
    ...(command ? { command } : {}),
  }))
}

function inputFaults(given: WorkflowFile['inputs']): Fault[] {
  const entries: [
    PropertyKey,
    string,
    { required?: boolean | undefined; default?: unknown } | null,
  ][] = Array.isArray(given)
    ? given.map((input, index) => [index, input.name, input])
    : Object.entries(given).map(([name, input]) => [name, name, input])
  const names = new Set<string>()
  return entries.flatMap(([key, name, input]) => {
    const path = ['inputs', key]
    const isTwice = names.has(name)
    names.add(name)
    if (isTwice) return [{ path, message: `there are two inputs "${name}"` }]
    return input?.required === true && input.default !== undefined
      ? [{ path, message: `"${name}" has a default, so that it cannot be required` }]
      : []
  })
}

function placeholderFaults({ goal, parts }: WorkflowFile, inputs: readonly WorkflowInput[]) {
  const byName = new Map(inputs.map((input) => [input.name, input]))
  const known =
    inputs.length === 0 ? 'there are none' : `the inputs are ${[...byName.keys()].join(', ')}`
  const unknown = (path: Path, text = ''): Fault[] =>
    placeholdersIn(text)
      .filter((name) => !byName.has(name))
      .map((name) => ({ path, message: `{{${name}}} is no input; ${known}` }))
  const isQuoted = (name: string) => byName.get(name)?.command !== true
  const ofCheck = (check: Check, path: Path): Fault[] => {
    const texts = Object.values(check).filter((value) => typeof value === 'string')
    const faults = texts.flatMap((text) => unknown(path, text))
    const shell = check.kind === 'command' ? shellProblem(check.command, isQuoted) : null
    return shell === null ? faults : [...faults, { path, message: shell }]
  }
  return [
    ...unknown(['goal'], goal),
    ...parts.flatMap(({ title, description, agent, when, checks }, index) => {
      const path = ['parts', index]
      return [
        ...unknown([...path, 'title'], title),
        ...unknown([...path, 'description'], description),
        ...unknown([...path, 'agent'], agent),
        ...(when === undefined || byName.has(when)
          ? []
          : [{ path: [...path, 'when'], message: `"${when}" is no input; ${known}` }]),
        ...checks.flatMap((check, at) => ofCheck(check, [...path, 'checks', at])),
      ]
    }),
  ]
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const { path, message } = issue
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not known' }))
  }
  // Of the ways in which a value may be written, the one that it came nearest to.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (issues: readonly z.core.$ZodIssue[]) =>
      Math.max(0, ...issues.map((inner) => inner.path.length + (isOtherType(inner) ? 0 : 1)))
    const [nearest = []] = issue.errors.toSorted((one, other) => depth(other) - depth(one))
    return nearest.flatMap((inner) =>
      faultsOf(inner).map((fault) => ({ ...fault, path: [...path, ...fault.path] })),
    )
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues
    return [{ path, message: inner?.message ?? message }]
  }
  const isMissing = issue.code === 'invalid_type' && message.endsWith('undefined')
  return [{ path, message: isMissing ? 'is missing' : message }]
}

function isOtherType(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.path.length === 0
}

function remarks(faults: readonly Fault[], { lineOf }: YamlText): Remark[] {
  return faults
    .map(({ path, message }) => ({
      line: lineOf(path),
      message: path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
    }))
    .toSorted((one, other) => one.line - other.line)
}

function problem(message: string): ParsedWorkflow {
  return { errors: [{ line: 1, message }] }
}
