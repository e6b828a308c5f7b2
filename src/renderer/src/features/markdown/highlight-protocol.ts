/** One coloured run of code; `color` is a CSS value, absent where the text's own colour holds. */
export interface CodeToken {
  readonly text: string
  readonly color?: string
}

export interface HighlightRequest {
  readonly id: number
  readonly code: string
  readonly language: string
}

export interface HighlightReply {
  readonly id: number
  /** One entry per line; null where the language is not known. */
  readonly lines: readonly (readonly CodeToken[])[] | null
}
