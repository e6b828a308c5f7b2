import type { Workflow } from '../../../../shared/model/workflow.js'
import { remember, remembered } from '../../stores/storage.js'
import { currentText } from '../../text/text.js'

export type Inputs = Readonly<Record<string, string>>

/** What was filled in and not yet started, else the defaults. */
export function inputsOf(workflow: Pick<Workflow, 'inputs'>, kept: Inputs): Inputs {
  return Object.fromEntries(
    workflow.inputs.map(({ name, default: given = '' }) => [name, kept[name] ?? given]),
  )
}

/** What is left empty is left to the host. */
export function filledIn(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).filter(([, text]) => text.trim() !== ''))
}

export function keptInputs(name: string): Inputs {
  const text = remembered(nameOf(name))
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    const entries = Object.entries(value ?? {})
    return Object.fromEntries(entries.filter(([, each]) => typeof each === 'string'))
  } catch {
    // What another version has written is no draft.
    return {}
  }
}

export function keepInputs(name: string, inputs: Inputs | null): void {
  remember(nameOf(name), inputs === null ? null : JSON.stringify(inputs))
}

function nameOf(name: string): string {
  return `draft.workflow.${name}`
}

export interface InputErrors {
  /** By the name of the input. */
  readonly inputs: Readonly<Record<string, string>>
  readonly form: string | null
}

export const NO_ERRORS: InputErrors = { inputs: {}, form: null }

/** `inputs: missing: a, b; the workflow …`, which names what has to be filled in. */
const MISSING = /^inputs: missing: ([^;]+)/

/** Puts each of the host's complaints at the input that it names: `inputs.NAME: what is wrong; …`, or what is missing. */
export function inputErrors(message: string, names: readonly string[]): InputErrors {
  const inputs: Record<string, string> = {}
  const form: string[] = []
  const told = message.replace(/^workflow\.start: /, '')
  const missing = MISSING.exec(told)?.[1]?.split(', ') ?? []
  for (const name of names)
    if (missing.includes(name)) inputs[name] = currentText().workflows.fillIn
  if (missing.length > 0 && missing.every((name) => names.includes(name))) {
    return { inputs, form: null }
  }
  for (const sentence of told.split(/; (?=inputs[.:])/)) {
    const name = names.find((each) => sentence.startsWith(`inputs.${each}: `))
    if (name === undefined) form.push(capitalised(sentence))
    else inputs[name] = capitalised(sentence.slice(`inputs.${name}: `.length))
  }
  return { inputs, form: form.length === 0 ? null : form.join('; ') }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
