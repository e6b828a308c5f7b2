import { messageOf } from '../../../../shared/rpc/errors.js'

/** What the host found wrong, by field; `form` is what belongs to none of them. */
export type FieldErrors<F extends string> = Partial<Record<F | 'form', string>>

/** The host begins with the method that it refused, which a form does not show. */
const METHOD = /^([a-z]+(?:\.[A-Za-z]+)+): /
/** Entries of a list, such as `tools[2]`, have no field of their own in a form. */
const FIELD = /^([\w.]+)(?:\[\d+\])*: (.+)$/s

/**
 * Puts each of the host's complaints at the field that it names: `field: what is wrong; …`. What names none
 * belongs to the complaint before it.
 */
export function fieldErrors<F extends string>(
  error: unknown,
  fields: readonly F[],
): FieldErrors<F> {
  const errors: Partial<Record<string, string>> = {}
  let key: F | 'form' = 'form'
  for (const sentence of withoutMethod(messageOf(error), fields).split('; ')) {
    const [, name, complaint] = FIELD.exec(sentence) ?? []
    const field = fields.find((known) => known === name)
    if (name === undefined && errors[key] !== undefined) {
      errors[key] = `${errors[key]}; ${sentence}`
      continue
    }
    key = field ?? 'form'
    const text = capitalised(field === undefined ? sentence : (complaint ?? sentence))
    errors[key] = errors[key] === undefined ? text : `${errors[key]}; ${text}`
  }
  return errors as FieldErrors<F>
}

/** A field of a field is written like a method. */
function withoutMethod(message: string, fields: readonly string[]): string {
  const [prefix = '', name = ''] = METHOD.exec(message) ?? []
  return fields.includes(name) ? message : message.slice(prefix.length)
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
