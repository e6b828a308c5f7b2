import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { Workflow } from '../../../shared/model/workflow.js'
import type { DefinitionProblem, DefinitionSource } from '../../../shared/rpc/agent-definitions.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { DefinitionFolder } from '../agents/definitions/definition-folder.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import { codeOf } from '../tools/file-error.js'
import { resolveInWorkspace } from '../tools/workspace-path.js'
import { buildPlan } from './build-plan.js'
import { parseWorkflow } from './parse-workflow.js'

export interface WorkflowStart {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly workspace?: string | undefined
  readonly conversationId?: ConversationId | undefined
  readonly idempotencyKey?: string | undefined
}

export interface WorkflowsOptions {
  readonly queue: () => BackgroundTaskQueue
  readonly resourcesDirectory?: string | undefined
  readonly dataDirectory: string
  readonly defaultWorkspace: () => string
}

interface Found {
  /** Ordered by name. */
  workflows: Workflow[]
  problems: DefinitionProblem[]
}

const WORKSPACE_FOLDER = '.smart-agents/workflows'

/**
 * Plans that are kept as files. Of two with one name the later of these holds: built in, `workflows` in the
 * data directory, `.smart-agents/workflows` of the workspace. Every look sees the files as they are now.
 */
export class Workflows {
  readonly #options: WorkflowsOptions

  constructor(options: WorkflowsOptions) {
    this.#options = options
  }

  async list(workspace: string | undefined): Promise<Found> {
    const { resourcesDirectory, dataDirectory, defaultWorkspace } = this.#options
    const root = await resolveWorkspace(workspace ?? defaultWorkspace())
    const places: [DefinitionSource, string, () => Promise<string>][] = []
    if (resourcesDirectory !== undefined) {
      const own = join(resourcesDirectory, 'workflows')
      places.push(['builtin', own, () => realpath(own)])
    }
    const user = join(dataDirectory, 'workflows')
    places.push(['user', user, () => realpath(user)])
    // A workspace reaches nothing outside of it.
    const inside = async () => (await resolveInWorkspace(root, WORKSPACE_FOLDER)).real
    places.push(['workspace', join(root, WORKSPACE_FOLDER), inside])
    const byName = new Map<string, Workflow>()
    const problems: DefinitionProblem[] = []
    for (const [source, path, resolve] of places) {
      const found = await lookAt(source, path, resolve)
      problems.push(...found.problems)
      for (const workflow of found.workflows) byName.set(workflow.name, workflow)
    }
    const workflows = [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return { workflows, problems }
  }

  /** @throws AppError `not_found` that says what is wrong with the file of that name, or which there are */
  async get(name: string, workspace: string | undefined): Promise<Workflow> {
    const { workflows, problems } = await this.list(workspace)
    const found = workflows.find((workflow) => workflow.name === name)
    if (found !== undefined) return found
    const broken = problems.find(({ path }) => /([^/\\]+)\.ya?ml$/i.exec(path)?.[1] === name)
    const reason =
      broken === undefined
        ? `the workflows are ${workflows.map((workflow) => workflow.name).join(', ') || 'none'}`
        : `${broken.path}:${broken.line}: ${broken.message}`
    throw new AppError('not_found', `name: there is no workflow "${name}"; ${reason}`)
  }

  /** Starts a lead that has its plan already. */
  async start(start: WorkflowStart): Promise<TaskId> {
    const { defaultWorkspace, queue } = this.#options
    const workspace = start.workspace ?? defaultWorkspace()
    const plan = buildPlan(await this.get(start.name, workspace), start.inputs)
    const { conversationId, idempotencyKey } = start
    return queue().submit({
      description: plan.goal,
      type: 'orchestration',
      input: { plan, workflow: start.name },
      planApproval: 'run',
      workspace,
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
  }
}

async function lookAt(
  source: DefinitionSource,
  path: string,
  resolve: () => Promise<string>,
): Promise<Found> {
  const problems: DefinitionProblem[] = []
  const error = (file: string, line: number, message: string) =>
    problems.push({ path: file, line, message, severity: 'error' })
  let folder: string
  try {
    folder = await resolve()
  } catch (reason) {
    if (!isAbsent(reason)) error(path, 1, messageOf(reason))
    return { workflows: [], problems }
  }
  const content = await new DefinitionFolder({
    names: /\.ya?ml$/i,
    parse: (bytes, file) => parseWorkflow(bytes, { path: file, source }),
  }).look(folder)
  if (content.problem !== null) error(folder, 1, content.problem)
  const byName = new Map<string, Workflow>()
  for (const { path: file, parsed } of content.files) {
    if ('errors' in parsed) {
      for (const { line, message } of parsed.errors) error(file, line, message)
      continue
    }
    const { workflow } = parsed
    const first = byName.get(workflow.name)
    if (first === undefined) byName.set(workflow.name, workflow)
    else {
      const message = `name: ${first.path} has the name "${first.name}" already; this file is left out`
      problems.push({ path: file, line: 1, message, severity: 'warning' })
    }
  }
  return { workflows: [...byName.values()], problems }
}

function isAbsent(error: unknown): boolean {
  return error instanceof AppError ? error.code === 'not_found' : codeOf(error) === 'ENOENT'
}
