import type { Text } from '../text.js'
import { app } from './app.js'
import { chat } from './chat.js'
import { commands } from './commands.js'
import { dashboard } from './dashboard.js'
import { inbox } from './inbox.js'
import { places } from './places.js'

export const zhHant: Text = {
  app,
  chat,
  commands,
  dashboard,
  inbox,
  places,
}
