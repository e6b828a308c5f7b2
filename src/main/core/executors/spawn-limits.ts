import type { TaskLimits } from '../../../shared/model/task-limits.js'
import type { SpawnRequest } from '../ports.js'

type Bounds = Pick<SpawnRequest, 'maxMemoryBytes' | 'maxOutputBytes' | 'maxProcesses'>

/** A start of a process within the limits of its task; the tighter of two figures holds. Pure. */
export function withLimits<Request extends Bounds>(
  request: Request,
  limits: TaskLimits | null,
): Request {
  if (limits === null) return request
  return {
    ...request,
    ...bound('maxMemoryBytes', request, limits.memoryBytes),
    ...bound('maxOutputBytes', request, limits.outputBytes),
    ...bound('maxProcesses', request, limits.processes),
  }
}

function bound(name: keyof Bounds, request: Bounds, limit: number | undefined): Bounds {
  if (limit === undefined) return {}
  return { [name]: Math.min(limit, request[name] ?? Number.POSITIVE_INFINITY) }
}

const MIB = 1024 * 1024

/** `1.5 MB`, or bytes where it is less than a tenth of that. */
export function megabytes(bytes: number): string {
  return bytes < MIB / 10 ? `${bytes} bytes` : `${Math.round((bytes / MIB) * 10) / 10} MB`
}
