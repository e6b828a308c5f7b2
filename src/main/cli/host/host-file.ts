import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { CliError } from '../cli-error.js'

/** Where a host answers, as `host.json` and the ready line of `serve --json` tell it. */
export const HostAddress = z.object({
  url: z.string(),
  wsUrl: z.url({ protocol: /^wss?$/ }),
  token: z.string().min(1),
  pid: z.number().int().positive(),
})
export type HostAddress = z.infer<typeof HostAddress>

/** Reads what is not (yet) a whole address as null: the file may be missing, old or half written. */
export function parseHostAddress(text: string): HostAddress | null {
  try {
    const parsed = HostAddress.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    // Not JSON: the same as an address that does not parse.
    return null
  }
}

/**
 * The address that the owner of a data directory left there. It only says where to try: the owner
 * may be dead.
 * @throws CliError `no_host` where the file exists and may not be read
 */
export async function readHostFile(dataDirectory: string): Promise<HostAddress | null> {
  const file = path.join(dataDirectory, 'host.json')
  try {
    return parseHostAddress(await readFile(file, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new CliError('no_host', `cannot read ${file} (${code}): it must be yours to read`)
  }
}
