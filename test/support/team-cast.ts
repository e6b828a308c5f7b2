import type { ModelRequest } from '../../src/main/core/models/model-client.js'
import { call, type Line, type ScriptedModel } from './scripted-model.js'

/** Where an agent stands in its task, as its model sees it. */
export interface Scene {
  /** Turns that it has taken in this task, those before a restart included. */
  readonly turn: number
  /** What the task says. */
  readonly brief: string
  readonly request: ModelRequest
  /** The last thing that it was told. */
  readonly heard: string
}

export type Part = (scene: Scene) => Line | Promise<Line>

/** Plays agents by name. What an agent says depends on its transcript alone, so a restart changes nothing. */
export class TeamCast {
  readonly #parts = new Map<string, Part>()
  /** Every turn that was asked for: name of the agent and number of the turn. */
  readonly asked: string[] = []

  constructor(model: ScriptedModel) {
    model.always((request) => this.#line(request))
  }

  plays(agent: string, part: Part): this {
    this.#parts.set(agent, part)
    return this
  }

  #line(request: ModelRequest): Line | Promise<Line> {
    const from = request.messages.findLastIndex(({ content }) =>
      content.some((block) => block.type === 'text' && block.text.startsWith('Task: ')),
    )
    const task = request.messages.slice(Math.max(0, from))
    const brief = textIn(task[0]?.content ?? [])
    const agent = /^Agent: (.*)$/m.exec(brief)?.[1] ?? ''
    const turn = task.filter(({ role }) => role === 'assistant').length
    this.asked.push(`${agent} ${turn}`)
    const part = this.#parts.get(agent)
    if (part === undefined) throw new Error(`nobody plays ${JSON.stringify(agent)}`)
    return part({ turn, brief, request, heard: textIn(task.at(-1)?.content ?? []) })
  }
}

function textIn(content: ModelRequest['messages'][number]['content']): string {
  return content
    .map((block) => {
      if (block.type === 'text') return block.text
      return block.type === 'tool_result' ? block.content : ''
    })
    .join('\n')
}

export function finishes(report: string, success = true): Line {
  return { calls: [call('finish', 'finish', { success, report })] }
}

export function runsPlan(...parts: readonly object[]): Line {
  return { calls: [call('plan', 'run_plan', { parts })] }
}
