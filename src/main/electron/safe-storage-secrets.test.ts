import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../test/support/silent-logger.js'
import { chooseSecrets, hasVault, openSafeStorageSecrets } from './safe-storage-secrets.js'

type Vault = Parameters<typeof openSafeStorageSecrets>[0]

/** A system's vault that turns a text around. */
class TestVault implements Vault {
  isOpen = true
  backend: ReturnType<Vault['getSelectedStorageBackend']> = 'gnome_libsecret'

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.isOpen
  }

  getSelectedStorageBackend(): ReturnType<Vault['getSelectedStorageBackend']> {
    return this.backend
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    return Buffer.from(text).reverse()
  }

  async decryptStringAsync(encrypted: Buffer) {
    if (encrypted.length === 0) throw new Error('this is not mine')
    return { result: Buffer.from(encrypted).reverse().toString(), shouldReEncrypt: false }
  }
}

let folder: string
let vault: TestVault
const file = () => path.join(folder, 'secrets.vault.json')

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'safe-storage-'))
  vault = new TestVault()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('secrets in the vault of the system', () => {
  it('are kept across starts and can be forgotten', async () => {
    const secrets = await openSafeStorageSecrets(vault, file())
    expect(secrets.get('anthropic-api-key')).toBeNull()
    secrets.set('anthropic-api-key', 'sk-ant-ü')
    expect(secrets.get('anthropic-api-key')).toBe('sk-ant-ü')
    const again = await openSafeStorageSecrets(vault, file())
    expect(again.get('anthropic-api-key')).toBe('sk-ant-ü')
    again.set('anthropic-api-key', null)
    const last = await openSafeStorageSecrets(vault, file())
    expect(last.get('anthropic-api-key')).toBeNull()
  })

  it('are not in the file in clear, which only its user may read', async () => {
    const secrets = await openSafeStorageSecrets(vault, file())
    secrets.set('anthropic-api-key', 'sk-ant-1')
    const first = readFileSync(file(), 'utf8')
    expect(first).not.toContain('sk-ant')
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    secrets.set('anthropic-api-key', 'sk-ant-1')
    expect(readFileSync(file(), 'utf8')).not.toBe(first)
  })

  it('are refused when somebody changed them', async () => {
    const secrets = await openSafeStorageSecrets(vault, file())
    secrets.set('anthropic-api-key', 'sk-ant-1')
    const stored = JSON.parse(readFileSync(file(), 'utf8'))
    stored.values['anthropic-api-key'].data = Buffer.from('sk-ant-2').toString('base64')
    writeFileSync(file(), JSON.stringify(stored))
    const changed = await openSafeStorageSecrets(vault, file())
    expect(() => changed.get('anthropic-api-key')).toThrow()
  })
})

describe('the choice of a vault', () => {
  it('takes no vault for one that everybody can open', async () => {
    expect(await hasVault(vault, 'linux')).toBe(true)
    vault.backend = 'basic_text'
    expect(await hasVault(vault, 'linux')).toBe(false)
    expect(await hasVault(vault, 'darwin')).toBe(true)
    vault.isOpen = false
    expect(await hasVault(vault, 'darwin')).toBe(false)
  })

  it('falls back to a private file, and leaves alone what it cannot open', async () => {
    const damaged = JSON.stringify({ version: 1, key: '', values: {} })
    writeFileSync(file(), damaged)
    const logger = new SilentLogger()
    const secrets = await chooseSecrets(vault, folder, logger)
    secrets.set('anthropic-api-key', 'sk-ant-1')
    expect(readFileSync(file(), 'utf8')).toBe(damaged)
    expect(readdirSync(folder).toSorted()).toEqual(['secrets.json', 'secrets.vault.json'])
  })
})
