import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { AppError, messageOf } from '../../shared/rpc/errors.js'
import type { Logger, Secrets } from '../core/ports.js'
import { createFileSecrets } from '../server/node-ports/file-secrets.js'
import { writePrivateFile } from '../server/node-ports/private-file.js'

type SecretName = Parameters<Secrets['get']>[0]
type Vault = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>

const base64 = z.base64()
const Sealed = z.object({ iv: base64, tag: base64, data: base64 })
type Sealed = z.infer<typeof Sealed>
const SecretsFile = z.object({
  version: z.literal(1),
  /** The key of the values, encrypted by the operating system's vault. */
  key: base64,
  values: z.record(z.string(), Sealed),
})
type SecretsFile = z.infer<typeof SecretsFile>

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12

/** Whether the operating system keeps a secret for us, and not just a password known to everyone. */
export async function hasVault(vault: Vault, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await vault.isAsyncEncryptionAvailable())) return false
  if (platform !== 'linux') return true
  const backend = vault.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}

/**
 * Secrets in a file that only the operating system's vault can open. The vault works
 * asynchronously and guards one random key; with that in memory, reading and writing is immediate
 * and a secret is on the disk when `set` returns.
 *
 * @throws when the file is there and cannot be opened: overwriting it would lose what it holds
 */
export async function openSafeStorageSecrets(vault: Vault, file: string): Promise<Secrets> {
  const stored = existsSync(file) ? SecretsFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  const key = stored === null ? randomBytes(KEY_BYTES) : await unlocked(vault, stored.key)
  const contents: SecretsFile = stored ?? {
    version: 1,
    key: (await vault.encryptStringAsync(key.toString('base64'))).toString('base64'),
    values: {},
  }
  return {
    get: (name) => {
      const sealed = contents.values[name]
      return sealed === undefined ? null : open(key, name, sealed)
    },
    set: (name, value) => {
      const { [name]: _, ...others } = contents.values
      const values = value === null ? others : { ...others, [name]: seal(key, name, value) }
      write(file, { ...contents, values })
      contents.values = values
    },
  }
}

/**
 * The vault of the operating system, or the private file that other hosts use: where there is no
 * vault, and where it does not open what it once closed, which is left as it is.
 */
export async function chooseSecrets(
  vault: Vault,
  dataDirectory: string,
  logger: Logger,
): Promise<Secrets> {
  const file = path.join(dataDirectory, 'secrets.vault.json')
  try {
    if (await hasVault(vault, process.platform)) return await openSafeStorageSecrets(vault, file)
  } catch (error) {
    logger.warn({ file, reason: messageOf(error) }, 'the vault of the system does not open')
  }
  return createFileSecrets(dataDirectory, logger)
}

async function unlocked(vault: Vault, key: string): Promise<Buffer> {
  const { result } = await vault.decryptStringAsync(Buffer.from(key, 'base64'))
  return Buffer.from(result, 'base64')
}

/** The name is authenticated, so that one secret cannot be put in the place of another. */
function seal(key: Buffer, name: SecretName, value: string): Sealed {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

function open(key: Buffer, name: SecretName, { iv, tag, data }: Sealed): string {
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64'))
    .setAAD(Buffer.from(name))
    .setAuthTag(Buffer.from(tag, 'base64'))
  const plain = [decipher.update(Buffer.from(data, 'base64')), decipher.final()]
  return Buffer.concat(plain).toString('utf8')
}

function write(file: string, contents: SecretsFile): void {
  try {
    writePrivateFile(file, JSON.stringify(contents))
  } catch (error) {
    const text = `the key could not be stored in ${file}: ${messageOf(error)}`
    throw new AppError('forbidden', text, { cause: error })
  }
}
