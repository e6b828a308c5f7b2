import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

/** Something to say about a line of a file. */
export interface Remark {
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** YAML of which every field knows its line. */
export interface YamlText {
  readonly document: Document.Parsed
  readonly errors: readonly Remark[]
  readonly warnings: readonly Remark[]
  /** Line of the file at which a field stands, or the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number
}

/**
 * Never throws: what is wrong is told with its line.
 * @param startsAt line of the file at which the text begins, from 1
 */
export function parseYaml(yaml: string, startsAt: number): YamlText {
  const counter = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false })
  const lineAtOffset = (offset: number) => Math.max(1, counter.linePos(offset).line) + startsAt - 1
  const remarkOf = (error: {
    readonly message: string
    readonly pos: readonly [number, number]
  }): Remark => ({ line: lineAtOffset(error.pos[0]), message: error.message })
  return {
    document,
    errors: document.errors.map(remarkOf),
    warnings: document.warnings.map(remarkOf),
    lineOf: (path) => lineAt(document, path, lineAtOffset),
  }
}

function lineAt(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  lineAtOffset: (offset: number) => number,
): number {
  let line = 1
  let node: unknown = document.contents
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined || !isScalar(pair.key)) break
      if (pair.key.range) line = lineAtOffset(pair.key.range[0])
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined
      if (range) line = lineAtOffset(range[0])
    } else break
  }
  return line
}
