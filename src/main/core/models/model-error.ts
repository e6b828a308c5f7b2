import { ModelError } from './model-client.js'

/** The error of a turn that its caller ended, whether it ran, waited or paused. */
export function abortedError(): ModelError {
  return new ModelError('The turn was stopped.', { errorClass: 'aborted' })
}
