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
  skip: 'Zum Nachrichtenfeld springen',
  panes: 'Spalten',
  chats: 'Chats',
  chat: 'Chat',
  tasks: (running) => (running > 0 ? `Aufgaben (${running})` : 'Aufgaben'),
  chatsPane: 'Die Liste der Chats',
  chatPane: 'Der Chat',
  tasksPane: 'Die Aufgaben',
  thisPane: 'Diese Spalte',
  thisArea: 'Dieser Teil des Fensters',
  chatsWidth: 'Breite der Chats',
  tasksWidth: 'Breite der Aufgaben',
  connecting: 'Verbindet',
  refused: 'Der Host hat dieses Fenster nicht eingelassen',
  away: 'Der Host ist nicht da',
  tryAgain: 'Noch einmal versuchen',
  connection: {
    closed: 'Die App hat die Verbindung beendet',
    unreachable: 'Der Host ist nicht erreichbar',
    noToken:
      'Diese Seite wurde ohne ihr Token geöffnet. Nimm die Adresse, die „smart-agents serve“ ausgegeben hat.',
    unknownToken:
      'Der Host kennt dieses Token nicht. Vermutlich wurde er neu gestartet: Nimm die Adresse, die er zuletzt ausgegeben hat.',
  },
  spoken: {
    completed: (task) => `Aufgabe fertig: ${task}`,
    failed: (task) => `Aufgabe gescheitert: ${task}`,
    cancelled: (task) => `Aufgabe abgebrochen: ${task}`,
    question: (task, question) => `Frage von ${task}: ${question}`,
    plan: (goal) => `Ein Plan wartet auf deine Zustimmung: ${goal}`,
    correction: (attempt, limit, task) => `Korrektur ${attempt} von ${limit}: ${task}`,
    mail: (from, subject) => `Post von ${from}: ${subject || 'ohne Betreff'}`,
    replyFailed: 'Die Antwort ist gescheitert',
    reply: (text) => `Assistent: ${text}`,
  },
}
