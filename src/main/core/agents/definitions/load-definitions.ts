import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  DefinitionProblem,
  DefinitionSource,
} from '../../../../shared/rpc/agent-definitions.js'
import { AppError, messageOf } from '../../../../shared/rpc/errors.js'
import type { Clock } from '../../ports.js'
import { codeOf } from '../../tools/file-error.js'
import { resolveInWorkspace } from '../../tools/workspace-path.js'
import type { AgentDefinition } from './agent-definition.js'
import { DefinitionFolder } from './definition-folder.js'
import { type ParsedDefinition, parseDefinition } from './parse-definition.js'

export interface AgentDefinitionsOptions {
  /** The program's own, where there is one. */
  readonly resourcesDirectory?: string
  readonly homeDirectory: string
  readonly dataDirectory: string
  /** Names of the tools that a definition can grant. */
  readonly knownTools: readonly string[]
  readonly clock: Clock
}

interface Found {
  /** Ordered by name. */
  readonly definitions: readonly AgentDefinition[]
  readonly problems: readonly DefinitionProblem[]
}

interface Place {
  readonly source: DefinitionSource
  /** Absolute, symbolic links resolved. */
  readonly folder: string
}

/** Folders that are remembered; many workspaces may come and go while a host runs. */
const MOST_FOLDERS = 100
/** How long what was found for one task holds for others that begin; a look touches every file. */
const FOUND_FOR_MS = 1000

/**
 * The agents that Markdown files describe. Of two with one name the later of these holds: built in,
 * `~/.claude/agents`, `agents` in the data directory, `.claude/agents` and `.smart-agents/agents` of
 * the workspace. Every look sees the files as they are now.
 */
export class AgentDefinitions {
  readonly #options: AgentDefinitionsOptions
  readonly #folders = new Map<string, DefinitionFolder<ParsedDefinition>>()
  readonly #recent = new Map<string, { readonly atMs: number; readonly found: Promise<Found> }>()

  constructor(options: AgentDefinitionsOptions) {
    this.#options = options
  }

  /** @param workspace absolute, symbolic links resolved */
  async list(workspace: string): Promise<Found> {
    const byName = new Map<string, AgentDefinition>()
    const problems: DefinitionProblem[] = []
    const looked = new Set<string>()
    for (const place of await this.#places(workspace, problems)) {
      // The home directory may be the workspace.
      if (looked.has(place.folder)) continue
      looked.add(place.folder)
      const found = await this.#look(place)
      problems.push(...found.problems)
      for (const definition of found.definitions) byName.set(definition.name, definition)
    }
    const definitions = [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return { definitions, problems }
  }

  /**
   * As the files were within the last second.
   * @param workspace absolute, symbolic links resolved
   */
  async find(name: string, workspace: string): Promise<AgentDefinition | undefined> {
    const { definitions } = await this.#recently(workspace)
    return definitions.find((definition) => definition.name === name)
  }

  #recently(workspace: string): Promise<Found> {
    const atMs = this.#options.clock.now()
    const known = this.#recent.get(workspace)
    if (known !== undefined && Math.abs(atMs - known.atMs) <= FOUND_FOR_MS) return known.found
    if (this.#recent.size >= MOST_FOLDERS) this.#recent.clear()
    const found = this.list(workspace)
    this.#recent.set(workspace, { atMs, found })
    return found
  }

  async #places(workspace: string, problems: DefinitionProblem[]): Promise<Place[]> {
    const { resourcesDirectory, homeDirectory, dataDirectory } = this.#options
    const own = (folder: string) => () => realpath(folder)
    // Folders of a person may be links, as dotfiles often are; a workspace reaches nothing outside.
    const inside = (folder: string) => async () =>
      (await resolveInWorkspace(workspace, folder)).real
    const candidates: [DefinitionSource, string, () => Promise<string>][] = [
      ['user', join(homeDirectory, '.claude/agents'), own(join(homeDirectory, '.claude/agents'))],
      ['user', join(dataDirectory, 'agents'), own(join(dataDirectory, 'agents'))],
      ['workspace', join(workspace, '.claude/agents'), inside('.claude/agents')],
      ['workspace', join(workspace, '.smart-agents/agents'), inside('.smart-agents/agents')],
    ]
    if (resourcesDirectory !== undefined) {
      const folder = join(resourcesDirectory, 'agents')
      candidates.unshift(['builtin', folder, own(folder)])
    }
    const places: Place[] = []
    for (const [source, path, resolve] of candidates) {
      try {
        places.push({ source, folder: await resolve() })
      } catch (error) {
        if (isAbsent(error)) continue
        problems.push({ path, line: 1, message: messageOf(error), severity: 'error' })
      }
    }
    return places
  }

  async #look({ source, folder }: Place): Promise<Found> {
    const { files, problem } = await this.#folder(source, folder).look(folder)
    const problems: DefinitionProblem[] = []
    const byName = new Map<string, AgentDefinition>()
    if (problem !== null) {
      problems.push({ path: folder, line: 1, message: problem, severity: 'error' })
    }
    for (const { path, parsed } of files) {
      if ('errors' in parsed) {
        problems.push(
          ...parsed.errors.map((error) => ({ path, ...error, severity: 'error' as const })),
        )
        continue
      }
      const { definition, warnings } = parsed
      const first = byName.get(definition.name)
      const remarks = [...warnings]
      if (first === undefined) byName.set(definition.name, definition)
      else {
        const message = `name: ${first.path} has the name "${first.name}" already; this file is left out`
        remarks.push({ line: 1, message })
      }
      problems.push(...remarks.map((remark) => ({ path, ...remark, severity: 'warning' as const })))
    }
    return { definitions: [...byName.values()], problems }
  }

  #folder(source: DefinitionSource, path: string): DefinitionFolder<ParsedDefinition> {
    const key = `${source}:${path}`
    const known = this.#folders.get(key)
    if (known !== undefined) return known
    if (this.#folders.size >= MOST_FOLDERS) this.#folders.clear()
    const folder = new DefinitionFolder({
      names: /\.md$/i,
      parse: (content, file) =>
        parseDefinition({ path: file, source, content }, this.#options.knownTools),
    })
    this.#folders.set(key, folder)
    return folder
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof AppError ? error.code === 'not_found' : codeOf(error) === 'ENOENT'
}
