import { z } from 'zod'
import { LANGUAGES } from '../text/language.js'

export const NotificationStrategy = z.enum(['silent', 'milestone', 'verbose', 'completion'])
export type NotificationStrategy = z.infer<typeof NotificationStrategy>

/** `HH:MM` on the clock of the person; an end before the beginning lies on the next day. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30')

export const NotificationPreferences = z.strictObject({
  /** Of tasks that name none. */
  strategy: NotificationStrategy,
  /** Percent points of progress between two notifications of one task. */
  minProgressDelta: z.number().min(0).max(100),
  /** Milliseconds between two notifications of one task. */
  throttleMs: z.number().int().min(0).max(86_400_000),
  quietHours: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable(),
  /** Nothing is shown while the system asks not to be disturbed, except for what needs an answer. */
  respectDoNotDisturb: z.boolean(),
  sound: z.boolean(),
})
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

const Days = z.number().int().min(1).max(36_500).nullable()

/**
 * After how many days what is finished is removed; null: never. It is looked for a few minutes after the start and then each hour,
 * and nothing is removed while the clock has just jumped.
 */
export const RetentionPreferences = z.strictObject({
  /** The log of a task that ended so long ago; its result stays, and the task says when its log was removed. */
  outputDays: Days,
  /**
   * A task that ended so long ago, with all that belongs to it. It stays while something needs it: tasks below it or that wait for it,
   * changes that are not decided about, a question, a recurring task. Cards in chats stay, and say that it was removed.
   */
  taskDays: Days,
  /** What is told to clients that were away; they read everything anew then. */
  eventDays: Days,
})
export type RetentionPreferences = z.infer<typeof RetentionPreferences>

/** What a person likes, in every window and on every host of a data directory. */
export const Preferences = z.strictObject({
  language: z.enum(['system', ...LANGUAGES]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Percent of the usual size. */
  textSize: z.number().int().min(75).max(200),
  motion: z.enum(['system', 'reduced']),
  contrast: z.enum(['system', 'more']),
  notifications: NotificationPreferences,
  retention: RetentionPreferences,
  /** Keeps the machine from sleeping while tasks run. Of the desktop app. */
  keepAwake: z.boolean(),
  /** Of the desktop app. */
  startAtLogin: z.boolean(),
  /** The system hands `smart-agents://` links to the app. Of the desktop app. */
  openLinks: z.boolean(),
  /** Closing the window leaves tasks running; otherwise it quits. Of the desktop app. */
  closeKeepsRunning: z.boolean(),
  /** Keys by id of a command, as `Mod+Shift+K`; null takes its keys away. What is not named has its usual ones. */
  shortcuts: z.record(z.string().max(100), z.string().max(100).nullable()),
})
export type Preferences = z.infer<typeof Preferences>

/** Some of them; each is replaced as a whole. */
export const PreferencesChange = Preferences.partial()
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const DEFAULT_PREFERENCES: Preferences = {
  language: 'system',
  theme: 'system',
  textSize: 100,
  motion: 'system',
  contrast: 'system',
  notifications: {
    strategy: 'completion',
    minProgressDelta: 10,
    throttleMs: 5000,
    quietHours: null,
    respectDoNotDisturb: true,
    sound: false,
  },
  retention: { outputDays: null, taskDays: null, eventDays: null },
  keepAwake: false,
  startAtLogin: false,
  openLinks: true,
  closeKeepsRunning: true,
  shortcuts: {},
}

/** Takes over every field of `stored` that is as it should be, and the usual value for the rest. */
export function readPreferences(stored: unknown): Preferences {
  const given = typeof stored === 'object' && stored !== null ? stored : {}
  const read = Object.entries(Preferences.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(Reflect.get(given, name))
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return { ...DEFAULT_PREFERENCES, ...Object.fromEntries(read) }
}

/** As they lie in rows and events that an older version wrote. */
export const StoredPreferences = z.unknown().optional().transform(readPreferences)
