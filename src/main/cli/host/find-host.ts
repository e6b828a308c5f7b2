import { setTimeout as delay } from 'node:timers/promises'
import type { ClientTransport } from '../../../shared/rpc/client.js'
import { CliError } from '../cli-error.js'
import { readHostFile } from './host-file.js'
import { openSocket } from './open-socket.js'
import { type StartOutcome, startHost } from './start-host.js'

/** All attempts together: a slow disk, a migration of a large database. */
const TOTAL_LIMIT_MS = 30_000
/** How long the owner that was in the way of a start has until it answers, before the next start. */
const OWNER_LIMIT_MS = 3_000
const LOOK_AGAIN_MS = 50

export interface FindOptions {
  readonly script: string
  readonly dataDirectory: string
  /** For a host that has to be started. */
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Connects to the host that owns the data directory; starts one if there is none.
 *
 * Several of these may run at once. Each then starts a host, one of which gets the directory; the
 * others end, and their starters find the winner's address in `host.json`. A host that ends just
 * now looks the same for a moment, which is why a failed start is followed by another round.
 * @throws CliError `no_host` with the host's own words when none can be had
 */
export async function findHost(options: FindOptions): Promise<ClientTransport> {
  const deadline = performance.now() + TOTAL_LIMIT_MS
  let complaint = ''
  const running = await connectToOwner(options.dataDirectory)
  if (running !== null) return running
  while (performance.now() < deadline) {
    const outcome = await startHost({ ...options, timeoutMs: deadline - performance.now() })
    const transport = await connectAfter(outcome, options.dataDirectory, deadline)
    if (transport !== null) return transport
    complaint =
      outcome.kind === 'failed' ? outcome.message : 'it started, and ended before it answered'
    // Anything else than an owner in the way will be the same in the next round.
    if (outcome.kind === 'failed' && !outcome.owned) break
  }
  throw new CliError('no_host', `no host for ${options.dataDirectory}: ${complaint}`)
}

async function connectAfter(
  outcome: StartOutcome,
  dataDirectory: string,
  deadline: number,
): Promise<ClientTransport | null> {
  if (outcome.kind === 'ready') return openSocket(outcome.address).catch(() => null)
  if (!outcome.owned) return connectToOwner(dataDirectory)
  const until = Math.min(deadline, performance.now() + OWNER_LIMIT_MS)
  for (;;) {
    const transport = await connectToOwner(dataDirectory)
    if (transport !== null || performance.now() >= until) return transport
    await delay(LOOK_AGAIN_MS)
  }
}

async function connectToOwner(dataDirectory: string): Promise<ClientTransport | null> {
  const address = await readHostFile(dataDirectory)
  if (address === null) return null
  try {
    return await openSocket(address)
  } catch {
    // Nobody there, or somebody else on its port: the file outlived its host.
    return null
  }
}
