import { messageOf } from '../../../../shared/rpc/errors.js'

/** What the host found wrong, by field; `form` is what belongs to none of them. */
export type FieldErrors<F extends string> = Partial<Record<F | 'form', string>>

/** The host begins with the method that it refused, which a form does not show. */
const METHOD = /^[a-z]+(\.[A-Za-z]+)+: /

/** Puts each of the host's complaints at the field that it names: `field: what is wrong; …`. */
export function fieldErrors<F extends string>(
  error: unknown,
  fields: readonly F[],
): FieldErrors<F> {
  const errors: Partial<Record<string, string>> = {}
  for (const sentence of messageOf(error).replace(METHOD, '').split('; ')) {
    const [, name, complaint] = /^(\w+): (.+)$/s.exec(sentence) ?? []
    const field = fields.find((known) => known === name)
    const key = field ?? 'form'
    const text = capitalised(field === undefined ? sentence : (complaint ?? sentence))
    errors[key] = errors[key] === undefined ? text : `${errors[key]}; ${text}`
  }
  return errors as FieldErrors<F>
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
