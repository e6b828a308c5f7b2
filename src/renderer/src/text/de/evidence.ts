import type { Text } from '../text.js'

export const evidence: Text['evidence'] = {
  notRead: (reason) => `Was die Prüfungen ergaben, konnte nicht gelesen werden: ${reason}`,
  none: 'Diese Aufgabe hat keine Prüfungen.',
  checks: 'Prüfungen',
  correction: 'Korrektur',
  comments: 'Anmerkungen',
  output: 'Ausgabe',
  ofRound: (what, name, round) => `${what} von ${name}, Runde ${round}`,
  history: 'Verlauf',
  round: (round) => `Runde ${round}`,
  passed: 'Bestanden',
  failed: 'Gescheitert',
  states: {
    passed: 'Bestanden',
    failed: 'Gescheitert',
    running: 'Läuft',
    open: 'Noch nicht geprüft',
  },
}
