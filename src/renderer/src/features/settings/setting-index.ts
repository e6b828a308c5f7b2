import type { Text } from '../../text/text.js'

export type SectionId = keyof Text['settings']['sections']
export type ItemId = keyof Text['settings']['items']

/** As they stand beside the settings. */
export const SECTION_IDS: readonly SectionId[] = [
  'model',
  'limits',
  'agents',
  'workspaces',
  'notifications',
  'appearance',
  'language',
  'keyboard',
  'retention',
  'general',
  'data',
]

const SECTION_OF: Readonly<Record<ItemId, SectionId>> = {
  model: 'model',
  asyncTasks: 'limits',
  maxConcurrentTasks: 'limits',
  maxConcurrentAgents: 'limits',
  maxConcurrentBuilds: 'limits',
  maxConcurrentE2E: 'limits',
  cpuThreshold: 'limits',
  memoryThreshold: 'limits',
  planApproval: 'agents',
  isolateInGit: 'agents',
  copyWithoutGit: 'agents',
  questionExpiryHours: 'agents',
  definitions: 'agents',
  workspaces: 'workspaces',
  notifyStrategy: 'notifications',
  minProgressDelta: 'notifications',
  throttle: 'notifications',
  quietHours: 'notifications',
  respectDoNotDisturb: 'notifications',
  sound: 'notifications',
  browserNotifications: 'notifications',
  theme: 'appearance',
  textSize: 'appearance',
  motion: 'appearance',
  contrast: 'appearance',
  language: 'language',
  shortcuts: 'keyboard',
  outputDays: 'retention',
  taskDays: 'retention',
  eventDays: 'retention',
  closeKeepsRunning: 'general',
  startAtLogin: 'general',
  keepAwake: 'general',
  openLinks: 'general',
  export: 'data',
  import: 'data',
  about: 'data',
}

export interface FoundSetting {
  readonly item: ItemId
  readonly section: SectionId
  readonly title: string
  readonly hint: string
}

export function isSection(text: string | null): text is SectionId {
  return SECTION_IDS.some((section) => section === text)
}

export function sectionFrom(text: string | null): SectionId {
  return isSection(text) ? text : 'model'
}

export function allSettings(text: Text): readonly FoundSetting[] {
  return (Object.keys(SECTION_OF) as ItemId[]).map((item) => ({
    item,
    section: SECTION_OF[item],
    ...text.settings.items[item],
  }))
}

/**
 * The settings in whose words every word of `query` is found, those first where the title has them all. Also by the names that
 * programs and English manuals use, whatever the language is.
 */
export function findSettings(query: string, text: Text): readonly FoundSetting[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const holds = (hay: string) => words.every((word) => hay.toLocaleLowerCase().includes(word))
  const found = allSettings(text).filter(({ item, section, title, hint }) =>
    holds([title, hint, text.settings.sections[section], item].join(' ')),
  )
  return [
    ...found.filter(({ title }) => holds(title)),
    ...found.filter(({ title }) => !holds(title)),
  ]
}
