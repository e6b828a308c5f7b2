import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { Terminal } from '../terminal.js'
import { formatCost, formatNumber as number } from './number.js'
import { type Column, tableLines } from './table.js'

type Spent = ResultOf<'cost.tree'>['own'] & { readonly tasks?: number }

const COLUMNS: readonly Column[] = [
  { title: 'Tasks', isNumber: true },
  { title: 'Turns', isNumber: true },
  { title: 'Tokens', isNumber: true },
  { title: 'Cost', isNumber: true },
]

export function costLines(
  { total, byDay, byAgent }: ResultOf<'cost.summary'>,
  terminal: Terminal,
): string[] {
  const days = byDay.map(({ day, ...spent }) => [day, ...cellsOf(spent)])
  const agents = byAgent.map(({ agent, ...spent }) => [
    agent === '' ? '-' : terminal.foreignLine(agent),
    ...cellsOf(spent),
  ])
  return [
    ...tableLines(
      [{ title: 'Day (UTC)' }, ...COLUMNS],
      [...days, ['Total', ...cellsOf(total)]],
      terminal,
    ),
    ...(agents.length === 0
      ? []
      : ['', ...tableLines([{ title: 'Agent', gives: true }, ...COLUMNS], agents, terminal)]),
    ...unpricedLines(total),
  ]
}

export function treeCostLines(
  { own, below, total }: ResultOf<'cost.tree'>,
  terminal: Terminal,
): string[] {
  const rows = [
    ['Task', ...cellsOf({ ...own, tasks: 1 })],
    ['Below it', ...cellsOf(below)],
    ['Total', ...cellsOf(total)],
  ]
  return [...tableLines([{ title: '' }, ...COLUMNS], rows, terminal), ...unpricedLines(total)]
}

/** Where nothing has a known price there is no sum either. */
function cellsOf({ tasks = 0, turns, tokens, costUsd, unpricedTokens }: Spent): string[] {
  const isUnknown = unpricedTokens > 0 && unpricedTokens >= tokens
  return [number(tasks), number(turns), number(tokens), formatCost(isUnknown ? null : costUsd)]
}

function unpricedLines({ unpricedTokens }: Spent): string[] {
  if (unpricedTokens === 0) return []
  const text = `${number(unpricedTokens)} tokens of models without a known price are not in the cost.`
  return ['', text]
}
