import { rgPath } from '@vscode/ripgrep'
import type { Clock } from '../ports.js'
import { editFileTool } from './edit-file.js'
import { finishTool } from './finish.js'
import { listFilesTool } from './list-files.js'
import { readFileTool } from './read-file.js'
import { runCommandTool } from './run-command.js'
import { searchFilesTool } from './search-files.js'
import type { Tool } from './tool.js'
import { updatePlanTool } from './update-plan.js'
import { writeFileTool } from './write-file.js'

export interface AgentToolOptions {
  /** Limits the time that counting lines may take. */
  readonly clock: Clock
  /** The program of ripgrep; the one that comes with the package where absent. */
  readonly ripgrepPath?: string
}

/** The tools of every agent, in the order in which the model is told about them. */
export function agentTools(options: AgentToolOptions): readonly Tool[] {
  const { clock } = options
  const ripgrepPath = options.ripgrepPath ?? packagedRipgrep()
  return [
    listFilesTool({ clock, ripgrepPath }),
    searchFilesTool({ ripgrepPath }),
    readFileTool,
    editFileTool,
    writeFileTool,
    runCommandTool,
    updatePlanTool,
    finishTool,
  ]
}

/** Inside an archive of Electron a program cannot be started; the packager keeps it beside. */
export function packagedRipgrep(): string {
  return rgPath.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked')
}
