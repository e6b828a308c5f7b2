import { LLMock } from '@copilotkit/aimock'

/** Where an agent, or the chat, stands as its model sees it. */
export interface ProviderScene {
  /** Turns that were taken since the task began, or since the last word of the person. */
  readonly turn: number
  /** The task as the agent was told it, or what the person said last. */
  readonly brief: string
  /** The last thing that came in. */
  readonly heard: string
}

export interface ProviderLine {
  readonly content?: string
  readonly calls?: readonly (readonly [name: string, input: object])[]
}

export type ProviderPart = (scene: ProviderScene) => ProviderLine | Promise<ProviderLine>

interface Message {
  readonly role: string
  readonly content?: unknown
}

/** A provider on loopback that plays agents by name, and the chat. Its answers depend on the transcript alone. */
export class TeamProvider implements AsyncDisposable {
  /** Every turn that was asked for, as `agent turn`. */
  readonly asked: string[] = []
  readonly #parts = new Map<string, ProviderPart>()
  readonly #server = new LLMock({ port: 0, host: '127.0.0.1', latency: 1, chunkSize: 200 })

  static async start(): Promise<TeamProvider> {
    const provider = new TeamProvider()
    provider.#server.on({ predicate: () => true }, (request: { messages: readonly Message[] }) =>
      provider.#answer(request.messages),
    )
    await provider.#server.start()
    return provider
  }

  /** For a host that is to use it. */
  get env(): Record<string, string> {
    return { ANTHROPIC_BASE_URL: this.#server.url, ANTHROPIC_API_KEY: 'test-key' }
  }

  /** @param agent name of the agent; `chat` for the assistant */
  plays(agent: string, part: ProviderPart): this {
    this.#parts.set(agent, part)
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop()
  }

  async #answer(messages: readonly Message[]) {
    const from = messages.findLastIndex((each) => textOf(each).startsWith('Task: '))
    const isChat = from === -1
    const spoken = isChat
      ? messages.findLastIndex(({ role, content }) => role === 'user' && content !== undefined)
      : from
    const scene = messages.slice(Math.max(0, spoken))
    const brief = scene[0] === undefined ? '' : textOf(scene[0])
    const agent = isChat ? 'chat' : (/^Agent: (.*)$/m.exec(brief)?.[1] ?? '')
    const turn = scene.filter(({ role }) => role === 'assistant').length
    this.asked.push(`${agent} ${turn}`)
    const part = this.#parts.get(agent)
    if (part === undefined) throw new Error(`nobody plays ${JSON.stringify(agent)}: ${brief}`)
    // Results of tools and what else was said come apart, in no order that one could rely on.
    const since = scene.slice(scene.findLastIndex(({ role }) => role === 'assistant') + 1)
    const line = await part({ turn, brief, heard: since.map(textOf).join('\n') })
    return response(line, this.asked.length)
  }
}

function response({ content, calls = [] }: ProviderLine, number: number) {
  const toolCalls = calls.map(([name, input], index) => ({
    id: `call_${number}_${index}`,
    name,
    arguments: JSON.stringify(input),
  }))
  if (toolCalls.length === 0) return { content: content ?? '' }
  return { ...(content === undefined ? {} : { content }), toolCalls }
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: { text?: string }) => part.text ?? '').join('\n')
}

export function reports(report: string, success = true): ProviderLine {
  return { calls: [['finish', { success, report }]] }
}

/** Says one line per turn, and the last of them for ever. */
export function course(...lines: readonly ProviderLine[]): ProviderPart {
  return ({ turn }) => lines[Math.min(turn, lines.length - 1)] ?? {}
}
