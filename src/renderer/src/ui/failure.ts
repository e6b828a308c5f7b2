import { toast } from 'sonner'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { currentText } from '../text/text.js'

/** Tells what did not work and what can be done about it. */
export function showFailure(what: string, error: unknown): void {
  toast.error(what, { description: reasonOf(error) })
}

/** Why it did not work, and the advice for that where there is one. */
export function reasonOf(error: unknown): string {
  const { code } = error instanceof AppError ? error : { code: 'internal' as const }
  const text = currentText().ui
  const advice = Object.entries(text.advice).find(([known]) => known === code)?.[1]
  const reason = messageOf(error)
  return advice ? text.sentences([reason.replace(/[.。]$/, ''), advice]) : reason
}

/** For handlers: `run().catch(failed('Not renamed'))`. */
export function failed(what: string): (error: unknown) => void {
  return (error) => showFailure(what, error)
}
