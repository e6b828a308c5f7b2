import { AppError, messageOf } from '../../../../shared/rpc/errors.js'

/** What the host found wrong, by field; `form` is what belongs to none of them. */
export type FieldErrors<F extends string> = Partial<Record<F | 'form', string>>

/** Puts the host's complaint at the field that it names, in its data or in its words. */
export function fieldErrors<F extends string>(
  error: unknown,
  fields: readonly F[],
): FieldErrors<F> {
  const text = messageOf(error)
  const named = error instanceof AppError ? error.data['field'] : undefined
  const field =
    fields.find((name) => name === named) ??
    fields.find((name) => new RegExp(`\\b${name}\\b`, 'i').test(text))
  return { [field ?? 'form']: text } as FieldErrors<F>
}
