import type { Text } from '../text.js'
import { plural } from './plural.js'

export const workflows: Text['workflows'] = {
  start: 'Starten',
  startOne: (name) => `„${name}“ starten`,
  startAny: 'Einen Ablauf starten',
  notRead: (reason) => `Die Abläufe konnten nicht gelesen werden: ${reason}`,
  none: 'Noch gibt es keinen Ablauf.',
  sources: { builtin: 'Eingebaut', user: 'Deiner', workspace: 'Des Arbeitsordners' },
  parts: (count) => plural(count, { one: '1 Teil', other: `${count} Teile` }),
  problems: (count) =>
    plural(count, { one: '1 Problem in Dateien', other: `${count} Probleme in Dateien` }),
  required: (name) => `${name} (nötig)`,
  fillIn: 'Fülle das aus',
  whatItDoes: 'Was er tut',
  notStarted: (reason) => `Nicht gestartet: ${reason}. Was du ausgefüllt hast, bleibt.`,
  all: 'Alle Abläufe',
  cancel: 'Abbrechen',
}
