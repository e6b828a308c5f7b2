import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type {
  Dialog,
  Display,
  MessageBoxOptions,
  NativeTheme,
  SafeStorage,
  Screen,
  Session,
  Shell,
} from 'electron'

export const shell: Pick<Shell, 'openExternal' | 'beep'> = {
  openExternal: () => Promise.resolve(),
  beep: () => undefined,
}

type PermissionHandlers = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>

export class StandInSession extends EventEmitter implements PermissionHandlers {
  readonly dictionary: string[] = []
  #check: CheckHandler | null = null

  setPermissionRequestHandler(): void {
    // Chromium's own answer to a page without a person is no, whatever the handler would say.
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler
  }

  setDevicePermissionHandler(): void {
    // There are no devices to choose from.
  }

  addWordToSpellCheckerDictionary(word: string): boolean {
    this.dictionary.push(word)
    return true
  }

  /** What the app's check answers for its own page. */
  grants(permission: Parameters<CheckHandler>[1], origin: string): boolean {
    const details = { isMainFrame: true, requestingUrl: origin }
    return this.#check?.(null, permission, origin, details) ?? true
  }
}

export const session = { defaultSession: new StandInSession() }

type Darkness = Pick<
  NativeTheme,
  'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
>

class StandInTheme extends EventEmitter implements Darkness {
  readonly shouldUseDarkColorsForSystemIntegratedUI = false
  #themeSource: NativeTheme['themeSource'] = 'system'
  get themeSource(): NativeTheme['themeSource'] {
    return this.#themeSource
  }
  set themeSource(source) {
    this.#themeSource = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark'
  }
}

export const nativeTheme = new StandInTheme()

const area = { x: 0, y: 0, width: 1600, height: 1000 }

class StandInScreen extends EventEmitter implements Pick<Screen, 'getCursorScreenPoint'> {
  getAllDisplays(): Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>[] {
    return [{ id: 1, bounds: area, workArea: area, scaleFactor: 1 }]
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 }
  }
}

export const screen = new StandInScreen()

/** Nobody is there to press a button: a box answers as if it was put away. */
export const dialog: Pick<Dialog, 'showErrorBox'> & {
  showMessageBox: (options: MessageBoxOptions) => ReturnType<Dialog['showMessageBox']>
} = {
  showMessageBox: async ({ cancelId = 0 }) => ({ response: cancelId, checkboxChecked: false }),
  showErrorBox: (title, content) => {
    process.stderr.write(`${title}: ${content}\n`)
  },
}

const IV_BYTES = 12
const TAG_BYTES = 16
/** In a real system only the user's own session gives it away. */
const key = createHash('sha256').update('the vault of the stand-in').digest()

export const safeStorage: Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
> = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), data])
  },
  decryptStringAsync: async (encrypted) => {
    const iv = encrypted.subarray(0, IV_BYTES)
    const tag = encrypted.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag)
    const data = encrypted.subarray(IV_BYTES + TAG_BYTES)
    const result = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: false }
  },
}
