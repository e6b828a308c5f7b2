import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { z } from 'zod'
import { PartParams, type Plan } from '../../../shared/model/plan.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { planLines } from '../format/plan.js'
import { asTaskId } from '../id-arguments.js'

export async function showPlan(context: CommandContext, text: string): Promise<number> {
  const { host, terminal, json } = context
  const taskId = asTaskId(text)
  const { plans } = await host.call('plan.list', { taskId })
  if (json) terminal.json({ plans })
  else if (plans.length === 0) terminal.line(`Task ${taskId} has no plan (yet).`)
  else for (const plan of plans) for (const line of planLines(plan, terminal)) terminal.line(line)
  return EXIT.ok
}

export async function decidePlan(
  context: CommandContext,
  text: string,
  decision: { readonly approves: boolean; readonly reason?: string },
): Promise<number> {
  const { host } = context
  const { id: planId } = await proposedOf(context, text)
  const { reason } = decision
  const { plan } = decision.approves
    ? await host.call('plan.approve', { planId })
    : await host.call('plan.reject', { planId, ...(reason === undefined ? {} : { reason }) })
  tell(context, decision.approves ? 'Plan approved' : 'Plan rejected', plan)
  return EXIT.ok
}

export async function editPlan(context: CommandContext, text: string, file: string) {
  const { id: planId } = await proposedOf(context, text)
  const parts = partsIn(await read(context, file), file)
  const { plan } = await context.host.call('plan.update', { planId, parts })
  tell(context, 'Plan changed', plan)
  return EXIT.ok
}

async function proposedOf({ host }: CommandContext, text: string): Promise<Plan> {
  const taskId = asTaskId(text)
  const { plans } = await host.call('plan.list', { taskId })
  const plan = plans.find(({ state }) => state === 'proposed')
  if (plan !== undefined) return plan
  throw new AppError('invalid_state', `task ${taskId} has no plan that waits for approval`)
}

function tell({ terminal, json }: CommandContext, what: string, plan: Plan): void {
  if (json) terminal.json({ plan })
  else {
    terminal.line(`${what}: ${plan.id}`)
    for (const line of planLines(plan, terminal)) terminal.line(line)
  }
}

async function read({ environment }: CommandContext, file: string): Promise<string> {
  if (file === '-') return textOf(environment.stdin)
  try {
    return await readFile(resolve(environment.cwd, file), 'utf8')
  } catch (error) {
    throw usageError(`${file} cannot be read: ${messageOf(error)}`)
  }
}

/** What `plan show` gives has more than a plan needs; the rest of a part is left out. */
const Shown = z.object({ agent: z.string().optional() }).loose()
const File = z.union([
  z.array(Shown),
  z.object({ parts: z.array(Shown) }).transform(({ parts }) => parts),
])
const PART_FIELDS = Object.keys(PartParams.shape)

function partsIn(text: string, file: string): PartParams[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw usageError(`${file} is not JSON: ${messageOf(error)}`)
  }
  const shown = File.safeParse(value)
  if (!shown.success) throw usageError(`${file} is neither a list of parts nor {"parts": [...]}`)
  const parts = z
    .array(PartParams)
    .safeParse(
      shown.data.map((part) =>
        Object.fromEntries(Object.entries(part).filter(([name]) => PART_FIELDS.includes(name))),
      ),
    )
  if (parts.success) return parts.data
  throw usageError(`${file}: ${z.prettifyError(parts.error)}`)
}
