import { MOST_PARTS, type PartParams } from '../../../shared/model/plan.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { type Selectable, selectAgent } from './select-agent.js'

/** A part whose agent is settled. */
export interface AssignedPart extends PartParams {
  readonly agent: string
  /** Why this agent. */
  readonly reason: string
}

/**
 * Checks a plan and settles who does what; the parts come back in an order in which each stands after those
 * that it depends on. Pure.
 * @param agents those that there are
 * @throws AppError `limit_exceeded` for too many parts, `invalid_params` for what is wrong with them, `not_found`
 * for an agent that there is not
 */
export function assignParts(
  parts: readonly PartParams[],
  agents: readonly Selectable[],
): AssignedPart[] {
  if (parts.length > MOST_PARTS) {
    throw new AppError(
      'limit_exceeded',
      `parts: ${parts.length} are too many for one plan, ${MOST_PARTS} is the most; make them larger, or plan the first ones now and the rest in a second round`,
    )
  }
  refuseDoubles(parts)
  refuseUnknownParts(parts)
  return inOrder(parts).map((part) => assigned(part, agents))
}

function refuseDoubles(parts: readonly PartParams[]): void {
  const seen = new Set<string>()
  for (const { key } of parts) {
    if (seen.has(key)) {
      throw new AppError(
        'invalid_params',
        `parts: two of them have the key ${JSON.stringify(key)}; give each its own`,
      )
    }
    seen.add(key)
  }
}

function refuseUnknownParts(parts: readonly PartParams[]): void {
  const keys = new Set(parts.map(({ key }) => key))
  for (const { key, dependsOn } of parts) {
    const unknown = dependsOn.find((name) => !keys.has(name))
    if (unknown === undefined) continue
    throw new AppError(
      'invalid_params',
      `parts: ${key} depends on ${JSON.stringify(unknown)}, which is no part of this plan; the parts are ${[...keys].slice(0, 20).join(', ')}`,
    )
  }
}

/** Kahn's algorithm; among those that are free, as they were written. */
function inOrder(parts: readonly PartParams[]): PartParams[] {
  const ordered: PartParams[] = []
  const done = new Set<string>()
  let left = [...parts]
  while (left.length > 0) {
    const free = left.filter(({ dependsOn }) => dependsOn.every((key) => done.has(key)))
    if (free.length === 0) throw circle(left)
    for (const part of free) done.add(part.key)
    ordered.push(...free)
    left = left.filter(({ key }) => !done.has(key))
  }
  return ordered
}

/** @param left each depends on another one of them */
function circle(left: readonly PartParams[]): AppError {
  const next = new Map(
    left.map(({ key, dependsOn }) => [
      key,
      dependsOn.find((name) => left.some((part) => part.key === name)) ?? key,
    ]),
  )
  const path: string[] = []
  let key = left[0]?.key ?? ''
  while (!path.includes(key)) {
    path.push(key)
    key = next.get(key) ?? key
  }
  const ring = [...path.slice(path.indexOf(key)), key].join(' → ')
  return new AppError(
    'invalid_params',
    `parts: the plan goes in a circle (${ring}, each depends on the next); take one of these dependencies out`,
  )
}

function assigned(part: PartParams, agents: readonly Selectable[]): AssignedPart {
  const { agent } = part
  if (agent === undefined) {
    const choice = selectAgent(`${part.title}\n${part.description}`, agents)
    return { ...part, agent: choice.agent, reason: choice.reason }
  }
  if (agents.length > 0 && !agents.some(({ name }) => name === agent)) {
    const known = agents.map(({ name }) => name).join(', ')
    throw new AppError(
      'not_found',
      `parts: ${part.key} is for agent ${JSON.stringify(agent)}, which there is not; the agents are ${known}`,
    )
  }
  return { ...part, agent, reason: 'Named in the plan.' }
}
