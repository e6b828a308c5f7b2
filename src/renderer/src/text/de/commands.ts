import type { Text } from '../text.js'

export const commands: Text['commands'] = {
  groups: {
    chat: 'Chat',
    go: 'Gehe zu',
    view: 'Ansicht',
    tasks: 'Aufgaben',
    app: 'Programm',
  },
  newChat: 'Neuer Chat',
  stopReply: 'Antwort anhalten',
  writeMessage: 'Nachricht schreiben',
  findInChat: 'Im Chat suchen',
  findInHistory: 'Verlauf durchsuchen',
  goConversations: 'Zu den Chats',
  goChat: 'Zum Chat',
  goTaskPane: 'Zu den Aufgaben neben dem Chat',
  showChat: 'Chat zeigen',
  showTasks: 'Alle Aufgaben zeigen',
  showHistory: 'Verlauf zeigen',
  showDashboard: 'Überblick zeigen',
  showInbox: 'Eingang zeigen',
  toggleConversations: 'Chats ein- oder ausblenden',
  toggleTasks: 'Aufgaben ein- oder ausblenden',
  settings: 'Einstellungen',
  shortcuts: 'Tastenkürzel',
  notStopped: 'Nicht angehalten',
}
