import { z } from 'zod'
import { method } from './define.js'

const Path = z.string().min(1).max(4096)

const Workspaces = z.object({
  workspaces: z.array(
    z.object({
      path: z.string(),
      /** Where tasks work that name no folder. */
      isDefault: z.boolean(),
      exists: z.boolean(),
      isProject: z.boolean(),
    }),
  ),
})

export const workspaceMethods = {
  /** The folders that a person works in, the default first. */
  'workspace.list': method(z.strictObject({}), Workspaces),
  'workspace.add': method(z.strictObject({ path: Path }), Workspaces),
  /** Forgets a folder and leaves what is in it; the default cannot be forgotten. */
  'workspace.remove': method(z.strictObject({ path: Path }), Workspaces),
  /** Folders below `path` (default: the user's home), for choosing a workspace. */
  'workspace.browse': method(
    z.strictObject({ path: z.string().max(4096).optional() }),
    z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string(), isProject: z.boolean() })),
    }),
  ),
  /**
   * Files of a workspace (default: the host's) whose path fits, best first; what `.gitignore` names is
   * left out. `cut` says that there are more than are looked through.
   */
  'workspace.files': method(
    z.strictObject({
      workspace: z.string().min(1).max(4096).optional(),
      query: z.string().max(500),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    z.object({
      files: z.array(z.object({ path: z.string(), kind: z.enum(['file', 'folder']) })),
      cut: z.boolean(),
    }),
  ),
}
