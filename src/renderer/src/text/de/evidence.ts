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
  exists: (file) => `${file} ist vorhanden`,
  hasText: (file) => `${file} enthält den Text`,
  review: (agent) => `Begutachtung durch ${agent}`,
  noExitCode: 'kein Exit-Code',
  exitCode: (code) => `Exit-Code ${code}`,
  score: (points) => `${points} von 100`,
  corrections: {
    in_progress: (attempt, limit) => `Korrektur ${attempt} von ${limit}: im Gang`,
    success: (attempt, limit) => `Korrektur ${attempt} von ${limit}: hat geholfen`,
    failed: (attempt, limit) => `Korrektur ${attempt} von ${limit}: hat nicht geholfen`,
  },
  states: {
    passed: 'Bestanden',
    failed: 'Gescheitert',
    running: 'Läuft',
    open: 'Noch nicht geprüft',
  },
}
