import vm from 'node:vm'

/** What a test asks of the app's process, over the channel that a child process has to its parent. */
export interface EvaluateRequest {
  readonly kind: 'evaluate'
  readonly id: number
  /** Text of a function that takes the `electron` module and one argument. */
  readonly source: string
  readonly arg: unknown
}

export type FromStandIn =
  | { readonly kind: 'ready'; readonly endpoint: string }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }

export function tellTest(message: FromStandIn): void {
  process.send?.(message)
}

/** Runs functions of a test in the app's process, as Playwright's `electronApp.evaluate` does. */
export function obeyTest(electron: object): void {
  if (process.channel === undefined) return
  process.on('message', (message: EvaluateRequest) => {
    const { id, source, arg } = message
    Promise.resolve()
      .then(() => vm.runInThisContext(`(${source})`)(electron, arg))
      .then((value) => tellTest({ kind: 'result', id, value }))
      .catch((error: unknown) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
        tellTest({ kind: 'error', id, message: text })
      })
  })
  // A test that has gone is no reason for the app to stay.
  process.channel.unref()
}
