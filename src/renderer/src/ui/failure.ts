import { toast } from 'sonner'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { currentText } from '../text/text.js'

/** Tells what did not work and what can be done about it. */
export function showFailure(what: string, error: unknown): void {
  const { code } = error instanceof AppError ? error : { code: 'internal' as const }
  const advice = Object.entries(currentText().ui.advice).find(([known]) => known === code)?.[1]
  toast.error(what, { description: advice ? `${messageOf(error)} ${advice}` : messageOf(error) })
}

/** For handlers: `run().catch(failed('Not renamed'))`. */
export function failed(what: string): (error: unknown) => void {
  return (error) => showFailure(what, error)
}
