import type { Routine } from '../routine.js'
import type { Intent } from '../words/intent.js'
import { isWork } from '../words/intent.js'
import type { ChatContext } from './chat-context.js'
import { answerControls, isControl } from './control-tasks.js'
import { placesText } from './mentioned.js'
import {
  cannotText,
  conditionalText,
  greetingText,
  helpText,
  leftAloneText,
  refrainText,
} from './replies.js'
import { startTasks } from './start-tasks.js'

/** Everything that one message asks for, in its order; ends with the text of the answer. */
export function* chatRoutine(intents: readonly Intent[], context: ChatContext): Routine<string> {
  const parts: string[] = []
  const work = intents.filter(isWork)
  if (work.length > 0) parts.push(yield* startTasks(work, context.mentioned.agents[0]))
  const controls = intents.filter(isControl)
  if (controls.length > 0) parts.push(yield* answerControls(controls, context))
  const others = intents.filter((intent) => !isWork(intent) && !isControl(intent))
  parts.push(...plainAnswers(others, parts.length > 0, context))
  return parts.filter((part) => part !== '').join('\n\n')
}

function plainAnswers(
  intents: readonly Intent[],
  besideOthers: boolean,
  context: ChatContext,
): string[] {
  const unknown = intents.filter((intent) => intent.kind === 'unknown')
  const answers = intents.flatMap((intent): string[] => {
    switch (intent.kind) {
      case 'greeting':
        return [greetingText()]
      case 'thanks':
        return ['You are welcome.']
      case 'acknowledgement':
        return ['All right.']
      case 'help':
        return [helpText()]
      case 'refrain':
        return [refrainText(intent)]
      case 'conditional':
        return [conditionalText(intent)]
      default:
        return []
    }
  })
  const first = unknown[0]
  if (first === undefined) return answers
  const places = placesText(context.mentioned)
  if (places !== '') return [...answers, places]
  const alone = !besideOthers && answers.length === 0
  return [...answers, alone ? cannotText(first, context.wasExplained) : leftAloneText(unknown)]
}
