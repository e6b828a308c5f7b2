import {
  type DurableEvent,
  events,
  isEventName,
  type LiveEvent,
} from '../../shared/rpc/contract.js'
import { AppError } from '../../shared/rpc/errors.js'

type AnyEvent = DurableEvent | LiveEvent
export type TopicFilter = (event: AnyEvent) => boolean

const NOUNS = new Set(Object.keys(events).map((name) => nounOf(name)))
const ID = /^(?:task|sched|conv|msg|mail|blk|plan|chk|ntf)_[A-Za-z0-9]+$/

function nounOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

/** Told every second, and of no use to most: only to those who name it. */
const ONLY_BY_NAME = 'system.machine'

/**
 * What a subscriber wants to hear; without topics, everything but the readings of the machine.
 * @throws AppError `invalid_params` for a topic that can never match.
 */
export function topicFilter(topics: readonly string[] | undefined): TopicFilter {
  if (topics === undefined || topics.length === 0) return ({ name }) => name !== ONLY_BY_NAME
  for (const topic of topics) {
    if (!isEventName(topic) && !NOUNS.has(topic) && !ID.test(topic)) throw unknownTopic(topic)
  }
  const wanted = new Set(topics)
  const hasIds = topics.some((topic) => ID.test(topic))
  return (event) =>
    wanted.has(event.name) ||
    wanted.has(nounOf(event.name)) ||
    (hasIds && idsOf(event).some((id) => typeof id === 'string' && wanted.has(id)))
}

function idsOf({ payload }: AnyEvent): unknown[] {
  return ['taskId', 'scheduleId', 'conversationId', 'messageId', 'mailId'].map((field) =>
    Reflect.get(payload, field),
  )
}

function unknownTopic(topic: string): AppError {
  return new AppError(
    'invalid_params',
    `topics: "${topic.slice(0, 100)}" is not known; a topic is an event (${Object.keys(events).join(', ')}), ` +
      `a noun (${[...NOUNS].join(', ')}) or an id such as task_…, sched_… or conv_…`,
  )
}
