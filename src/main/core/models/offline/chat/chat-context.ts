import type { Mentioned } from './mentioned.js'

/** What a turn of the chat knows of the conversation before its request. */
export interface ChatContext {
  /** Tasks that this conversation started: id to description, oldest first. */
  readonly started: ReadonlyMap<string, string>
  /** The long answer about what is possible was given before. */
  readonly wasExplained: boolean
  readonly mentioned: Mentioned
}
