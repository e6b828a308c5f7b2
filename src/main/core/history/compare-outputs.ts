import type { ComparedOutput } from '../../../shared/model/history.js'
import { diffWhole } from '../text/line-diff.js'
import { outputText } from './output-text.js'

/** What of either output is compared, in UTF-16 units and in lines. */
const MOST_CHARACTERS = 200_000
const MOST_LINES = 5_000

/** The difference of two stored results; of one that is missing all is new. */
export function compareOutputs(left: string | null, right: string | null): ComparedOutput {
  const [a, b] = [left, right].map((result) => bounded(outputText(result)))
  const { lines, approximate } = diffWhole(a?.text ?? '', b?.text ?? '')
  const count = (sign: string) => lines.filter((line) => line.sign === sign).length
  return {
    lines: [...lines],
    added: count('+'),
    removed: count('-'),
    same: count(' '),
    cut: a?.cut === true || b?.cut === true,
    approximate,
  }
}

function bounded(text: string): { readonly text: string; readonly cut: boolean } {
  const short = text.slice(0, MOST_CHARACTERS)
  const lines = short.split('\n')
  const cut = short.length < text.length || lines.length > MOST_LINES
  return { text: lines.slice(0, MOST_LINES).join('\n'), cut }
}
