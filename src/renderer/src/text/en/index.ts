import { app } from './app.js'
import { chat } from './chat.js'
import { commands } from './commands.js'
import { dashboard } from './dashboard.js'
import { inbox } from './inbox.js'
import { places } from './places.js'

export const en = {
  app,
  chat,
  commands,
  dashboard,
  inbox,
  places,
}
