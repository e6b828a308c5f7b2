import path from 'node:path'
import type { z } from 'zod'
import type { Check } from '../../../shared/model/check.js'
import { PlanParams } from '../../../shared/model/plan.js'
import type { Workflow, WorkflowPart } from '../../../shared/model/workflow.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { fillIn, shellWord } from './placeholders.js'

type Values = ReadonlyMap<string, string>

/**
 * The plan that a workflow is with these inputs. Pure.
 * @throws AppError `invalid_params`
 */
export function buildPlan(
  workflow: Workflow,
  inputs: Readonly<Record<string, string>>,
): PlanParams {
  const values = resolveInputs(workflow, inputs)
  const inputValue = (name: string) => values.get(name) ?? ''
  const fill = (text: string) => fillIn(text, inputValue)
  const plan = PlanParams.safeParse({
    goal: fill(workflow.goal),
    parts: presentParts(workflow.parts, values).map(({ when: _when, ...part }) => ({
      ...part,
      title: fill(part.title),
      description: fill(part.description),
      ...(part.agent === undefined ? {} : { agent: fill(part.agent) }),
      checks: part.checks.map((check) => filledCheck(check, workflow, inputValue)),
    })),
  })
  if (plan.success) return plan.data
  throw new AppError(
    'invalid_params',
    `inputs: with them filled in, the workflow "${workflow.name}" is no plan: ${plan.error.issues.map(issueText).join('; ')}`,
  )
}

/** Inputs that have a value. @throws AppError `invalid_params` that names all that are missing or unknown */
function resolveInputs(
  { name: workflow, inputs: known }: Workflow,
  inputs: Readonly<Record<string, string>>,
): Values {
  const values = new Map<string, string>()
  const missing: string[] = []
  for (const { name, required, default: usual } of known) {
    const value = Object.hasOwn(inputs, name) ? inputs[name] : usual
    if (value !== undefined && value.trim() !== '') values.set(name, value.trim())
    else if (required) missing.push(name)
  }
  const unknown = Object.keys(inputs).filter((name) => !known.some((input) => input.name === name))
  if (missing.length === 0 && unknown.length === 0) return values
  const faults = [
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
    ...(unknown.length === 0 ? [] : [`unknown: ${unknown.join(', ')}`]),
  ]
  const names = known.map(({ name, required }) => (required ? name : `${name} (optional)`))
  const takes = names.length === 0 ? 'takes none' : `takes ${names.join(', ')}`
  throw new AppError(
    'invalid_params',
    `inputs: ${faults.join('; ')}; the workflow "${workflow}" ${takes}`,
  )
}

/** What waited for a part that is left out waits for what that waited for. */
function presentParts(parts: readonly WorkflowPart[], values: Values): WorkflowPart[] {
  const isPresent = ({ when }: WorkflowPart) => when === undefined || values.has(when)
  const byKey = new Map(parts.map((part) => [part.key, part]))
  const resolved = new Map<string, readonly string[]>()
  const standIns = (key: string): readonly string[] => {
    const part = byKey.get(key)
    if (part === undefined) return []
    if (isPresent(part)) return [key]
    const known = resolved.get(key) ?? [...new Set(part.dependsOn.flatMap(standIns))]
    resolved.set(key, known)
    return known
  }
  return parts
    .filter(isPresent)
    .map((part) => ({ ...part, dependsOn: [...new Set(part.dependsOn.flatMap(standIns))] }))
}

function filledCheck(
  check: Check,
  { inputs }: Workflow,
  inputValue: (name: string) => string,
): Check {
  const fill = (text: string) => fillIn(text, inputValue)
  const named = check.name === undefined ? check : { ...check, name: fill(check.name) }
  if (named.kind === 'command') {
    const isCommand = (name: string) => inputs.some((input) => input.name === name && input.command)
    const command = fillIn(named.command, (name) =>
      isCommand(name) ? inputValue(name) : shellWord(inputValue(name)),
    )
    return { ...named, command }
  }
  if (named.kind === 'file') {
    const { contains } = named
    const file = insideOnly(fill(named.path))
    return { ...named, path: file, ...(contains === undefined ? {} : { contains: fill(contains) }) }
  }
  return named.focus === undefined ? named : { ...named, focus: fill(named.focus) }
}

/** @throws AppError for a path that leads out of the workspace */
function insideOnly(file: string): string {
  const isOutside = path.isAbsolute(file) || path.normalize(file).split(path.sep)[0] === '..'
  if (!isOutside) return file
  throw new AppError(
    'invalid_params',
    `inputs: the file of a check would be "${file}": it must lie in the workspace`,
  )
}

function issueText({ path: where, message }: z.core.$ZodIssue): string {
  return where.length === 0 ? message : `${where.map(String).join('.')}: ${message}`
}
