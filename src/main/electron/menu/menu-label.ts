import { shortened } from '../../../shared/text/shortened.js'
import { oneLine } from '../../../shared/text/terminal-text.js'

const LONGEST = 60

/** Text of a task or a question as one line of a menu; `&` would underline the letter after it. */
export function menuLabel(text: string): string {
  return shortened(oneLine(text), LONGEST).replaceAll('&', '&&')
}
