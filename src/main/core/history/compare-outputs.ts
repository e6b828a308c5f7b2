import type { ComparedOutput } from '../../../shared/model/history.js'
import { diffWhole } from '../text/line-diff.js'

/** What of either output is compared, in UTF-16 units and in lines. */
export const MOST_COMPARED = 200_000
const MOST_LINES = 5_000

/** The difference of what two tasks put out; of one that put out nothing all is new. */
export function compareOutputs(left: string, right: string): ComparedOutput {
  const [a, b] = [left, right].map(bounded)
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
  const short = text.slice(0, MOST_COMPARED)
  const lines = short.split('\n')
  const cut = short.length < text.length || lines.length > MOST_LINES
  return { text: lines.slice(0, MOST_LINES).join('\n'), cut }
}
