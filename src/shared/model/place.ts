import { z } from 'zod'
import { BlockerId, ConversationId, TaskId } from './ids.js'

/** The scheme of the app's own addresses. */
export const LINK_SCHEME = 'smart-agents'

const LONGEST_LINK = 4096

/** Words to look for; nothing in them but text that a person could have typed on one line. */
const Query = z
  .string()
  .max(500)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')

/** Somewhere in the window that a link, a notification or a menu can lead to. It never does anything but show. */
export const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('task'), taskId: TaskId }),
  z.strictObject({ kind: z.literal('conversation'), conversationId: ConversationId }),
  z.strictObject({ kind: z.literal('question'), blockerId: BlockerId }),
  z.strictObject({ kind: z.literal('inbox') }),
  /** The list of tasks. */
  z.strictObject({ kind: z.literal('tasks') }),
  z.strictObject({ kind: z.literal('history'), query: Query }),
  z.strictObject({
    kind: z.literal('settings'),
    /** Null: wherever the settings begin. Which sections there are is the window's business. */
    section: z
      .string()
      .regex(/^[a-z][a-z-]{0,39}$/)
      .nullable(),
  }),
])
export type Place = z.infer<typeof Place>

const LINK = /^smart-agents:\/\/([^/?#]+)(?:\/([^/?#]*))?\/?(?:\?([^#]*))?$/i

/**
 * The place that an address such as `smart-agents://task/task_…` means. Null for anything that is not exactly
 * an address of ours: it may come from any page or program, and a good guess would be a way in.
 */
export function parseLink(address: string): Place | null {
  if (address.length > LONGEST_LINK) return null
  const [, noun, id = '', query] = LINK.exec(address) ?? []
  if (noun === undefined) return null
  if (noun === 'history')
    return id === '' ? place({ kind: 'history', query: searched(query) }) : null
  if (query !== undefined) return null
  switch (noun) {
    case 'task':
      return place({ kind: 'task', taskId: id })
    case 'conversation':
      return place({ kind: 'conversation', conversationId: id })
    case 'question':
      return place({ kind: 'question', blockerId: id })
    case 'inbox':
      return id === '' ? { kind: 'inbox' } : null
    case 'tasks':
      return id === '' ? { kind: 'tasks' } : null
    case 'settings':
      return place({ kind: 'settings', section: id === '' ? null : id })
    default:
      return null
  }
}

/** The same places in the address of a page: `#/task/task_…`. */
export function parseHash(hash: string): Place | null {
  return hash.startsWith('#/') ? parseLink(`${LINK_SCHEME}://${hash.slice(2)}`) : null
}

export function linkTo(target: Place): string {
  switch (target.kind) {
    case 'task':
      return `${LINK_SCHEME}://task/${target.taskId}`
    case 'conversation':
      return `${LINK_SCHEME}://conversation/${target.conversationId}`
    case 'question':
      return `${LINK_SCHEME}://question/${target.blockerId}`
    case 'inbox':
      return `${LINK_SCHEME}://inbox`
    case 'tasks':
      return `${LINK_SCHEME}://tasks`
    case 'history':
      return `${LINK_SCHEME}://history?q=${encodeURIComponent(target.query.toWellFormed())}`
    case 'settings':
      return `${LINK_SCHEME}://settings${target.section === null ? '' : `/${target.section}`}`
  }
}

function place(candidate: object): Place | null {
  const parsed = Place.safeParse(candidate)
  return parsed.success ? parsed.data : null
}

/** Null, which is no query, where there is anything but one `q`. */
function searched(query: string | undefined): string | null {
  if (query === undefined || query === '') return ''
  const [, words] = /^q=([^&=]*)$/.exec(query) ?? []
  if (words === undefined) return null
  try {
    return decodeURIComponent(words.replaceAll('+', ' '))
  } catch {
    // Broken percent-encoding is not an address.
    return null
  }
}
