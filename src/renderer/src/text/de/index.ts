import type { Text } from '../text.js'
import { app } from './app.js'
import { commands } from './commands.js'
import { places } from './places.js'

export const de: Text = {
  app,
  commands,
  places,
}
