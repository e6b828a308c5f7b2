import type { Text } from '../text.js'

export const places: Text['places'] = {
  noPlace: 'Dieser Link führt nirgendwohin.',
  noTask: (id) => `Es gibt keine Aufgabe ${id}.`,
  noConversation: (id) => `Es gibt keinen Chat ${id}.`,
  noQuestion: (id) => `Es gibt keine Frage ${id}.`,
  noSettings: (section) => `Es gibt keine Einstellungen „${section}“.`,
  notShown: 'Nicht gezeigt',
}
