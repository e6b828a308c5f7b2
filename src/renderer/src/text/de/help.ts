import type { Text } from '../text.js'

export const help: Text['help'] = {
  title: 'Tastatur',
  search: 'Tastenkürzel durchsuchen',
  nothingFound: (query) => `Kein Tastenkürzel passt zu „${query}“.`,
  change: 'Tasten ändern …',
  inPlace: 'An Ort und Stelle',
  send: 'Nachricht senden',
  newLine: 'Neue Zeile',
  close: 'Aufgabe schließen',
  move: 'In einer Liste bewegen, öffnen',
}
