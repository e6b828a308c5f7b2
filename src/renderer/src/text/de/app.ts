import type { Text } from '../text.js'
import { plural } from './plural.js'

export const app: Text['app'] = {
  areas: {
    label: 'Bereiche',
    chat: 'Chat',
    tasks: 'Aufgaben',
    history: 'Verlauf',
    dashboard: 'Überblick',
    inbox: 'Eingang',
  },
  tasksRun: (count) => plural(count, { one: '1 Aufgabe läuft', other: `${count} Aufgaben laufen` }),
}
