import {
  type ContentBlock,
  type ModelClient,
  ModelError,
  type ModelRequest,
  type ModelTurn,
  type ToolUseBlock,
} from '../../src/main/core/models/model-client.js'

export const NO_USAGE = {
  inputTokens: 10,
  outputTokens: 5,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
}

/** One answer: text, calls of tools, or a failure. */
export type Line =
  | string
  | Error
  | { readonly text?: string; readonly calls: readonly Omit<ToolUseBlock, 'type'>[] }
  | ((request: ModelRequest) => Promise<Line> | Line)

export function call(id: string, name: string, input: unknown = {}): Omit<ToolUseBlock, 'type'> {
  return { id, name, input }
}

/** A model that says what the test wrote, and remembers what it was asked. */
export class ScriptedModel implements ModelClient {
  readonly name = 'scripted'
  readonly requests: ModelRequest[] = []
  readonly #lines: Line[]
  #otherwise: Line | null = null

  constructor(...lines: readonly Line[]) {
    this.#lines = [...lines]
  }

  add(...lines: readonly Line[]): void {
    this.#lines.push(...lines)
  }

  /** What it says whenever no line is left. */
  always(line: Line): void {
    this.#otherwise = line
  }

  get linesLeft(): number {
    return this.#lines.length
  }

  async turn(request: ModelRequest): Promise<ModelTurn> {
    this.requests.push(request)
    let line = this.#lines.shift() ?? this.#otherwise
    if (line === null) throw new Error('the script has no further line')
    while (typeof line === 'function') line = await line(request)
    if (request.signal.aborted) throw new ModelError('aborted', { errorClass: 'aborted' })
    if (line instanceof Error) throw line
    const { text = '', calls = [] } = typeof line === 'string' ? { text: line } : line
    for (const word of text.match(/\S+\s*/g) ?? []) request.onText?.(word)
    return {
      content: [
        ...(text === '' ? [] : [{ type: 'text', text } as const]),
        ...calls.map((use) => ({ type: 'tool_use', ...use }) as const),
      ],
      stopReason: calls.length > 0 ? 'tool_use' : 'end_turn',
      usage: NO_USAGE,
      model: 'scripted',
    }
  }
}

/** Never answers; ends with the request's signal. */
export function silence(request: ModelRequest): Promise<Line> {
  return new Promise((resolve) => {
    const error = new ModelError('aborted', { errorClass: 'aborted' })
    request.signal.addEventListener('abort', () => resolve(error), { once: true })
  })
}

/** The last thing that the model was told. */
export function lastBlocks(model: ScriptedModel): readonly ContentBlock[] {
  return model.requests.at(-1)?.messages.at(-1)?.content ?? []
}
