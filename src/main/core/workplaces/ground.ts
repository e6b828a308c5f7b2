import { realpathSync } from 'node:fs'
import path from 'node:path'
import { Git } from './git.js'
import { Jobs } from './jobs.js'
import type { Ground, WorkplaceServices } from './services.js'

/** What worktrees stand on; its jobs end with `Workplaces.stop`. */
export function createGround(services: WorkplaceServices): Ground {
  const { logger, processes, dataDirectory } = services
  const jobs = new Jobs(logger)
  return {
    ...services,
    jobs,
    git: Git.outside(processes, dataDirectory, jobs.signal),
    folder: path.join(realpathSync(dataDirectory), 'worktrees'),
  }
}
