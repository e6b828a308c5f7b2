import type { ModelMessage } from '../../model-client.js'
import { replay } from '../replay.js'
import type { PlannedTurn } from '../routine.js'
import { answeredCalls, type Said, saidIn } from '../transcript.js'
import { glossed } from '../words/gloss.js'
import type { Intent } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'
import { takeQuotes } from '../words/quotes.js'
import { isEmptyTarget, targetIn } from '../words/targets.js'
import { leadingVerb } from '../words/vocabulary.js'
import { chatRoutine } from './chat-routine.js'
import { CANCEL_QUESTION } from './control-tasks.js'
import { type Mentioned, mentionedIn, withoutSigns } from './mentioned.js'
import { startedHere, untoldNews } from './notifications.js'
import { helpText, wasExplainedIn } from './replies.js'

/** The next turn of the assistant in a chat, from its transcript alone. */
export function planChatTurn(
  messages: readonly ModelMessage[],
  offered: ReadonlySet<string>,
): PlannedTurn {
  const said = saidIn(messages)
  const started = startedHere(messages)
  const news = untoldNews(said, started)
  const request = openRequest(messages, said)
  if (request === null) {
    const text = news.map((each) => each.sentence).join('\n')
    return { text: text === '' ? helpText() : text, calls: [] }
  }
  const before = said.slice(0, said.indexOf(request))
  const conversation = {
    started,
    wasExplained: before.some((each) => each.by === 'assistant' && wasExplainedIn(each.text)),
  }
  const mentioned = mentionedIn(messages[request.at])
  const plain = withoutSigns(request.text, mentioned)
  const intents = aboutTasks(intentsOf(plain, before), plain, mentioned)
  const context = { ...conversation, mentioned }
  const state = replay(chatRoutine(intents, context), answeredCalls(messages, request.at), offered)
  if (state.kind === 'move') return { text: state.move.say, calls: state.open }
  const answer = state.value === '' ? helpText() : state.value
  const meanwhile = news.filter(({ id }) => !answer.includes(id)).map((each) => each.sentence)
  return {
    text: meanwhile.length === 0 ? answer : `Meanwhile: ${meanwhile.join(' ')}\n\n${answer}`,
    calls: [],
  }
}

/** The newest thing that a person wrote, unless it has its answer already. */
function openRequest(
  messages: readonly ModelMessage[],
  said: readonly Said[],
): Extract<Said, { by: 'user' }> | null {
  const request = said.findLast((each) => each.by === 'user')
  if (request === undefined || request.by !== 'user') return null
  const answered = messages
    .slice(request.at + 1)
    .some(
      ({ role, content }) =>
        role === 'assistant' && content.every((block) => block.type !== 'tool_use'),
    )
  return answered ? null : request
}

/** A question about a task that it points at, in words that say nothing else, asks how it stands. */
function aboutTasks(intents: readonly Intent[], text: string, mentioned: Mentioned): Intent[] {
  if (mentioned.tasks.length === 0) return [...intents]
  return intents.map((intent) =>
    intent.kind === 'unknown'
      ? { kind: 'status', target: targetIn(glossed(text), []), words: intent.words }
      : intent,
  )
}

/** A message that only names a task answers the question that the assistant asked before it. */
function intentsOf(text: string, before: readonly Said[]): Intent[] {
  const intents = parseIntents(text)
  const asked = before.findLast((each) => each.by === 'assistant')?.text ?? ''
  if (!asked.includes(CANCEL_QUESTION)) return intents
  const { text: bare, quotes } = takeQuotes(text.trim().replace(/[.!]+$/, ''))
  const english = glossed(bare)
  const verb = leadingVerb(english)
  const isName = verb === null || (verb.verbClass === 'goal' && verb.rest === '')
  const target = targetIn(english, quotes)
  if (!isName || isEmptyTarget(target) || english.split(/\s+/).length > 6) return intents
  if (
    intents.some((intent) => ['status', 'help', 'refrain', 'acknowledgement'].includes(intent.kind))
  ) {
    return intents
  }
  return [{ kind: 'cancel', target, words: text }]
}
