import type { CommandId } from '../../../../shared/model/command-id.js'
import type { Text } from '../../text/text.js'
import type { Host } from '../host.js'

export type CommandGroup = keyof Text['commands']['groups']

/** Something a person can have done from the keyboard, the palette or a menu. */
export interface Command {
  readonly id: CommandId
  readonly group: CommandGroup
  readonly title: (text: Text) => string
  /** False where it would do nothing at this moment; its keys then belong to the page. */
  readonly enabled?: () => boolean
  readonly run: (host: Host) => void
}
