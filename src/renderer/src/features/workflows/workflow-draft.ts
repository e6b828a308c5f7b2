import type { Workflow } from '../../../../shared/model/workflow.js'
import { remember, remembered } from '../../stores/storage.js'

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

/** Puts each of the host's complaints at the input that it names, `inputs.NAME: what is wrong; …`. */
export function inputErrors(message: string, names: readonly string[]): InputErrors {
  const inputs: Record<string, string> = {}
  const form: string[] = []
  for (const sentence of message.replace(/^workflow\.start: /, '').split(/; (?=inputs[.:])/)) {
    const name = names.find((each) => sentence.startsWith(`inputs.${each}: `))
    if (name === undefined) form.push(capitalised(sentence))
    else inputs[name] = capitalised(sentence.slice(`inputs.${name}: `.length))
  }
  return { inputs, form: form.length === 0 ? null : form.join('; ') }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
