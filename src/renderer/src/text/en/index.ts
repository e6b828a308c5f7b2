import { app } from './app.js'
import { commands } from './commands.js'
import { places } from './places.js'

export const en = {
  app,
  commands,
  places,
}
