import type { Text } from '../text.js'

export const firstRun: Text['firstRun'] = {
  lead: 'Rede mit einem Assistenten, während Agenten die lange Arbeit im Hintergrund tun.',
  steps: 'Einrichtung',
  workspace: 'Arbeitsordner',
  workspaceTitle: 'Wo sollen Agenten arbeiten?',
  model: 'Modell',
  modelTitle: 'Wer soll denken?',
  next: 'Weiter',
  start: 'Los',
}
