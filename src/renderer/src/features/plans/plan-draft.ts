import type { Check } from '../../../../shared/model/check.js'
import type { PartParams, PlanPart } from '../../../../shared/model/plan.js'
import { messageOf } from '../../../../shared/rpc/errors.js'

/** A part as it stands in the form. */
export interface PartDraft {
  readonly key: string
  readonly title: string
  readonly description: string
  /** Empty: the host chooses. */
  readonly agent: string
  readonly dependsOn: readonly string[]
  readonly checks: readonly Check[]
}

export function draftOf(parts: readonly PlanPart[]): readonly PartDraft[] {
  return parts.map(({ key, title, description, agent, dependsOn, checks }) => {
    return { key, title, description, agent, dependsOn, checks }
  })
}

export function paramsOf(drafts: readonly PartDraft[]): PartParams[] {
  return drafts.map(({ agent, dependsOn, checks, ...part }) => ({
    ...part,
    dependsOn: [...dependsOn],
    checks: [...checks],
    ...(agent === '' ? {} : { agent }),
  }))
}

export function changedPart(
  drafts: readonly PartDraft[],
  key: string,
  change: Partial<PartDraft>,
): readonly PartDraft[] {
  return drafts.map((part) => (part.key === key ? { ...part, ...change } : part))
}

/** Whatever waited for the part waits for what that part waited for. */
export function withoutPart(drafts: readonly PartDraft[], key: string): readonly PartDraft[] {
  const needs = drafts.find((part) => part.key === key)?.dependsOn ?? []
  return drafts
    .filter((part) => part.key !== key)
    .map((part) => {
      if (!part.dependsOn.includes(key)) return part
      const others = part.dependsOn.filter((other) => other !== key)
      return { ...part, dependsOn: [...new Set([...others, ...needs])] }
    })
}

export function withNewPart(drafts: readonly PartDraft[]): readonly PartDraft[] {
  const keys = new Set(drafts.map(({ key }) => key))
  let number = drafts.length + 1
  while (keys.has(`part-${number}`)) number += 1
  const part = { title: '', description: '', agent: '', dependsOn: [], checks: [] }
  return [...drafts, { key: `part-${number}`, ...part }]
}

/** Parts that a part can wait for without the plan going in a circle. */
export function mayDependOn(drafts: readonly PartDraft[], key: string): readonly PartDraft[] {
  const after = new Set([key])
  let grown = true
  while (grown) {
    const more = drafts.filter(
      (part) => !after.has(part.key) && part.dependsOn.some((need) => after.has(need)),
    )
    for (const part of more) after.add(part.key)
    grown = more.length > 0
  }
  return drafts.filter((part) => !after.has(part.key))
}

/** What was kept of a plan, where it is still one. */
export function draftFrom(text: string | null): readonly PartDraft[] | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isPart) ? value : null
  } catch {
    // What another version has written is no draft.
    return null
  }
}

function isPart(value: unknown): value is PartDraft {
  const part = value as Partial<Record<keyof PartDraft, unknown>> | null
  return (
    typeof part?.key === 'string' &&
    typeof part.title === 'string' &&
    typeof part.description === 'string' &&
    typeof part.agent === 'string' &&
    Array.isArray(part.dependsOn) &&
    Array.isArray(part.checks)
  )
}

type PartField = 'title' | 'description' | 'agent' | 'dependsOn'

export interface PlanErrors {
  /** By `KEY.FIELD`. */
  readonly fields: Readonly<Record<string, string>>
  /** What belongs to no field. */
  readonly form: string | null
}

export const NO_ERRORS: PlanErrors = { fields: {}, form: null }

const SHAPE = /^parts\[(\d+)\]\.(title|description|agent|dependsOn)(?:\[\d+\])*: (.+)$/s
const AGENT = /^parts: (\S+) is for agent /
const NEEDS = /^parts: (\S+) depends on /
const METHOD = /^plan\.update: /

/** Puts each of the host's complaints at the field of the part that it is about. */
export function planErrors(error: unknown, drafts: readonly PartDraft[]): PlanErrors {
  const fields: Record<string, string> = {}
  const form: string[] = []
  for (const sentence of sentencesOf(messageOf(error).replace(METHOD, ''))) {
    const place = placeOf(sentence, drafts)
    if (place === null) form.push(capitalised(sentence.replace(/^parts: /, '')))
    else fields[`${place.key}.${place.field}`] = capitalised(place.text)
  }
  return { fields, form: form.length === 0 ? null : form.join('; ') }
}

/** A semicolon parts complaints only where the next one names a field. */
function sentencesOf(message: string): string[] {
  return message.split(/; (?=parts(?:\[\d+\]|:|\.))/)
}

function placeOf(
  sentence: string,
  drafts: readonly PartDraft[],
): { readonly key: string; readonly field: PartField; readonly text: string } | null {
  const [, index, field, text] = SHAPE.exec(sentence) ?? []
  const at = drafts[Number(index)]
  if (at !== undefined && text !== undefined) {
    return { key: at.key, field: field as PartField, text }
  }
  const told = sentence.replace(/^parts: /, '')
  const agentOf = AGENT.exec(sentence)?.[1]
  if (isKey(agentOf, drafts)) return { key: agentOf, field: 'agent', text: told }
  const needOf = NEEDS.exec(sentence)?.[1]
  if (isKey(needOf, drafts)) return { key: needOf, field: 'dependsOn', text: told }
  return null
}

function isKey(key: string | undefined, drafts: readonly PartDraft[]): key is string {
  return key !== undefined && drafts.some((part) => part.key === key)
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
