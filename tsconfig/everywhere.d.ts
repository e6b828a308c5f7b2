// What the shared layer may use of the platform: the little that Node and browsers have in common and that the
// contract needs. It names neither, so that code which needs one of them does not compile there.
declare global {
  interface AbortSignal {
    readonly aborted: boolean
    readonly reason: unknown
    throwIfAborted(): void
    addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
    removeEventListener(type: 'abort', listener: () => void): void
  }
}

export {}
