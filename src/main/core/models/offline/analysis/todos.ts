import type { FoundLine } from '../tool-text.js'

export const TODO_TAGS = ['TODO', 'FIXME', 'HACK', 'XXX'] as const
export type TodoTag = (typeof TODO_TAGS)[number]

/** As a regular expression for search_files; upper case alone, so that prose is not counted. */
export const TODO_PATTERN = `\\b(${TODO_TAGS.join('|')})\\b`

export interface Todo {
  readonly tag: TodoTag
  readonly path: string
  readonly line: number
  readonly text: string
  /** It stands in a comment, as far as its line tells; elsewhere it may be part of a text. */
  readonly inComment: boolean
}

const TAG = new RegExp(TODO_PATTERN)
const ORDER: Readonly<Record<TodoTag, number>> = { FIXME: 0, TODO: 1, HACK: 2, XXX: 3 }

/** What begins a comment in the usual languages. */
const COMMENT = /\/\/|\/\*|^\s*\*|#|<!--|--|;|%|"""|^\s*(?:-|\d+\.)\s/

/** One per line that was found: comments before the rest, FIXME first, then by place. */
export function todosIn(hits: readonly FoundLine[]): Todo[] {
  return hits
    .flatMap(({ path, line, text }): Todo[] => {
      const match = TAG.exec(text)
      const tag = TODO_TAGS.find((known) => known === match?.[1])
      if (match === null || tag === undefined) return []
      const before = text.slice(0, match.index)
      const inComment = before.trim() === '' || COMMENT.test(before)
      return [{ tag, path, line, text: tidied(text.slice(match.index)), inComment }]
    })
    .sort(
      (a, b) =>
        Number(b.inComment) - Number(a.inComment) ||
        ORDER[a.tag] - ORDER[b.tag] ||
        compare(a.path, b.path) ||
        a.line - b.line,
    )
}

export function countsByTag(todos: readonly Todo[]): { tag: TodoTag; count: number }[] {
  return TODO_TAGS.map((tag) => ({
    tag,
    count: todos.filter((todo) => todo.tag === tag).length,
  })).filter(({ count }) => count > 0)
}

/** The remark itself, without the end of a block comment. */
function tidied(text: string): string {
  return text.replace(/\s*(?:\*\/|-->|"""|#\})\s*$/, '').trim()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
