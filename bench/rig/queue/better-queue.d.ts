/** What of these the bench uses; they bring no types. */
declare module 'better-queue' {
  interface Job {
    readonly id: string
    readonly n: number
  }
  class BetterQueue {
    constructor(
      work: (job: Job, done: (error?: unknown) => void) => void,
      options: { readonly store: unknown; readonly concurrent: number },
    )
    push(job: Job): { on(event: 'queued', listener: () => void): void }
    pause(): void
    resume(): void
    destroy(callback: (error?: unknown) => void): void
  }
  export = BetterQueue
}
declare module 'better-queue-sqlite' {
  class SqliteStore {
    constructor(options: { readonly path: string })
  }
  export = SqliteStore
}
