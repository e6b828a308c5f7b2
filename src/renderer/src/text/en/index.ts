import { app } from './app.js'
import { commands } from './commands.js'
import { inbox } from './inbox.js'
import { places } from './places.js'

export const en = {
  app,
  commands,
  inbox,
  places,
}
