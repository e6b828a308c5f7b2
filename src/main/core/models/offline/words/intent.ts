/** What a script of the workspace is for; the workspace says which command that is. */
export type Goal =
  | 'test'
  | 'e2e'
  | 'build'
  | 'lint'
  | 'typecheck'
  | 'format'
  | 'install'
  | 'coverage'

export type Focus =
  | 'largest'
  | 'languages'
  | 'directories'
  | 'todos'
  | 'imports'
  | 'tests'
  | 'history'

/** A file or folder that a sentence names. */
export interface Place {
  readonly path: string
  /** It looks like a path or was quoted; otherwise it is only a word that may be one. */
  readonly certain: boolean
}

/** Only files at least this large are asked for. */
export interface SizeLimit {
  readonly unit: 'lines' | 'bytes'
  readonly value: number
}

/** Something that takes time and is done by a task. */
export type Work =
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'goal'; readonly goal: Goal; readonly place: Place | null }
  | { readonly kind: 'script'; readonly name: string }
  | {
      readonly kind: 'survey'
      readonly focus: readonly Focus[]
      readonly place: Place | null
      readonly limit: SizeLimit | null
      /** How many rows of a ranking are asked for. */
      readonly top: number | null
    }
  | { readonly kind: 'search'; readonly query: string; readonly place: Place | null }
  | { readonly kind: 'compare'; readonly left: string; readonly right: string }

/** Which tasks a sentence speaks of. */
export interface Target {
  readonly ids: readonly string[]
  readonly all: boolean
  readonly last: boolean
  /** More than one is meant: "the results", "the builds". */
  readonly plural: boolean
  /** What is left of the sentence: words that should occur in the task's description or kind. */
  readonly words: readonly string[]
  readonly state: TargetState | null
}

export type TargetState = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled'

export type Meaning =
  | Work
  | { readonly kind: 'status'; readonly target: Target }
  | { readonly kind: 'result'; readonly target: Target }
  | { readonly kind: 'cancel'; readonly target: Target }
  | { readonly kind: 'again'; readonly target: Target }
  | { readonly kind: 'message'; readonly target: Target; readonly text: string }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'acknowledgement' }
  | { readonly kind: 'help' }
  /** "do not …": nothing is done. */
  | { readonly kind: 'refrain' }
  /** "if …", "when …": nothing is done, because nobody would be there to look. */
  | { readonly kind: 'conditional' }
  | { readonly kind: 'unknown' }

/** One clause of a message and what it asks for. */
export type Intent = Meaning & {
  /** The person's own words, tidied, without politeness. */
  readonly words: string
  /** "then", "after that": the person expects it to come after the one before. */
  readonly after?: boolean
  readonly priority?: number
  readonly timeoutMs?: number
  /** "twice", "3 times": what was asked for and is not done. */
  readonly repeat?: string
}

const WORK_KINDS = ['command', 'goal', 'script', 'survey', 'search', 'compare'] as const

export type WorkIntent = Extract<Intent, { kind: (typeof WORK_KINDS)[number] }>

export function isWork(intent: Intent): intent is WorkIntent {
  return (WORK_KINDS as readonly string[]).includes(intent.kind)
}
