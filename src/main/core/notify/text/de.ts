import type { Catalog } from '../../../../shared/text/catalog.js'
import { pluralOf } from '../../../../shared/text/plural.js'
import type { en } from './en.js'

const plural = pluralOf('de')
const tasks = (count: number) => plural(count, { one: '1 Aufgabe', other: `${count} Aufgaben` })

export const de: Catalog<typeof en> = {
  progress: (task, percent) => `${percent} %: ${task}`,
  completed: (task) => `Fertig: ${task}`,
  failed: (task) => `Fehlgeschlagen: ${task}`,
  cancelled: (task) => `Nicht erledigt: ${task}`,
  allCompleted: (count) => `${tasks(count)} fertig`,
  allEnded: (count) => `${tasks(count)} beendet`,
  ends: {
    completed: (count) => `${count} fertig`,
    failed: (count) => `${count} fehlgeschlagen`,
    cancelled: (count) => `${count} nicht erledigt`,
  },
  question: (task) => `Eine Frage zu „${task}“`,
  checks: (task) => `Prüfungen schlagen fehl: ${task}`,
  approval: (task) => `Ein Plan wartet auf dich: ${task}`,
  parts: (count) => plural(count, { one: '1 Teil', other: `${count} Teile` }),
  more: '…',
  actions: {
    approve: 'Freigeben',
    reject: 'Ablehnen',
    retry: 'Erneut versuchen',
    open: 'Öffnen',
    dismiss: 'Ausblenden',
  },
}
