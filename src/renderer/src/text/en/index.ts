import { app } from './app.js'
import { commands } from './commands.js'

export const en = {
  app,
  commands,
}
