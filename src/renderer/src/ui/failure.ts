import { toast } from 'sonner'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'

/** Tells what did not work and what can be done about it. */
export function showFailure(what: string, error: unknown): void {
  const { code } = error instanceof AppError ? error : { code: 'internal' as const }
  const advice = ADVICE[code]
  toast.error(what, { description: advice ? `${messageOf(error)} ${advice}` : messageOf(error) })
}

/** For handlers: `run().catch(failed('Not renamed'))`. */
export function failed(what: string): (error: unknown) => void {
  return (error) => showFailure(what, error)
}

const ADVICE: Readonly<Partial<Record<AppError['code'], string>>> = {
  cancelled: 'Try again when the connection is back.',
  timeout: 'Try again.',
  provider_error: 'Check the model in the settings.',
}
