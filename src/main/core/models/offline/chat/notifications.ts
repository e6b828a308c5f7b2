import type { ModelMessage } from '../../model-client.js'
import { oneLine } from '../report/markdown.js'
import { type AnsweredCall, answeredCalls, type Said } from '../transcript.js'
import { startedIdIn } from './task-list.js'
import { nameOf } from './task-text.js'

/** The tasks that this conversation started, by id, oldest first. */
export function startedHere(messages: readonly ModelMessage[]): Map<string, string> {
  return new Map(answeredCalls(messages).flatMap(startOf))
}

function startOf({ name, input, outcome }: AnsweredCall): [string, string][] {
  if (name !== 'start_task' || typeof input !== 'object' || input === null) return []
  const id = startedIdIn(outcome)
  const description = 'description' in input ? String(input.description) : ''
  return id === null ? [] : [[id, description]]
}

/** What ended and was not spoken of since: one sentence for each task. */
export function untoldNews(said: readonly Said[], started: ReadonlyMap<string, string>): News[] {
  return said.flatMap((entry, index): News[] => {
    if (entry.by !== 'notification') return []
    const id = /\btask_[A-Za-z0-9]+\b/.exec(entry.text)?.[0]
    if (id === undefined) return []
    const told = said
      .slice(index + 1)
      .some((later) => later.by === 'assistant' && later.text.includes(id))
    return told ? [] : [{ id, sentence: sentenceOf(id, entry.text, started.get(id)) }]
  })
}

export interface News {
  readonly id: string
  readonly sentence: string
}

function sentenceOf(id: string, text: string, description: string | undefined): string {
  const state =
    /\bstate="?(\w+)/.exec(text)?.[1] ?? /\b(completed|failed|cancelled)\b/i.exec(text)?.[1]
  const ended =
    state === 'completed'
      ? 'is completed'
      : state === 'failed'
        ? 'has failed'
        : state === 'cancelled'
          ? 'was cancelled'
          : 'has ended'
  const named =
    description ?? /(?:completed|failed|cancelled)[^\w\n]*(.+?)\s*\(task_/i.exec(text)?.[1] ?? ''
  return `${nameOf({ id, description: oneLine(named, 100) })} ${ended}.`
}
