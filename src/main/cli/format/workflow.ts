import type { Workflow, WorkflowInput } from '../../../shared/model/workflow.js'
import type { Terminal } from '../terminal.js'

export function workflowLines(workflow: Workflow, terminal: Terminal): string[] {
  const { name, description, path, inputs, goal, parts } = workflow
  const indented = (text: string) =>
    terminal
      .foreign(text.trim())
      .split('\n')
      .map((line) => `  ${line}`.trimEnd())
  return [
    terminal.style('bold', terminal.foreignLine(name)),
    terminal.foreignLine(description),
    terminal.foreignLine(path),
    '',
    'Inputs:',
    ...(inputs.length === 0 ? ['  none'] : inputs.map((input) => inputLine(input, terminal))),
    '',
    'Goal:',
    ...indented(goal),
    '',
    'Parts:',
    ...parts.map(({ key, title, agent, dependsOn, when }) => {
      const notes = [
        ...(agent === undefined ? [] : [agent]),
        ...(dependsOn.length === 0 ? [] : [`after ${dependsOn.join(', ')}`]),
        ...(when === undefined ? [] : [`only with ${when}`]),
      ]
      const note = notes.length === 0 ? '' : ` (${notes.join('; ')})`
      return `  ${terminal.foreignLine(`${key}: ${title}${note}`)}`
    }),
  ]
}

function inputLine(input: WorkflowInput, terminal: Terminal): string {
  const { name, description, required, default: usual } = input
  const optional = usual === undefined ? 'optional' : `default: ${usual}`
  const text = `${name}${required ? '' : ` (${optional})`}${description === '' ? '' : `: ${description}`}`
  return `  ${terminal.foreignLine(text)}`
}
