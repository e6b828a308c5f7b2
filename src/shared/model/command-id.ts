/**
 * What can be done from the keyboard, the palette and the menus, by the name that settings and menus know it by, and its
 * usual keys: strokes such as `Mod+Shift+K` (Mod: Cmd on a Mac, Ctrl elsewhere); the first that can be heard is shown.
 */
export const USUAL_KEYS = {
  'chat.new': ['Mod+N', 'Alt+N'],
  'chat.stop': ['Escape'],
  'chat.write': ['/'],
  'chat.find': ['Mod+F'],
  'go.conversations': ['Mod+1', 'Alt+1'],
  'go.chat': ['Mod+2', 'Alt+2'],
  'go.tasks': ['Mod+3', 'Alt+3'],
  'area.chat': ['Mod+Shift+1', 'Alt+Shift+1'],
  'area.tasks': ['Mod+Shift+2', 'Alt+Shift+2'],
  'area.history': ['Mod+Shift+3', 'Alt+Shift+3'],
  'area.dashboard': ['Mod+Shift+4', 'Alt+Shift+4'],
  'area.inbox': ['Mod+Shift+5', 'Alt+Shift+5'],
  'history.find': ['Mod+F'],
  'view.conversations': ['Mod+B', 'Alt+B'],
  'view.tasks': ['Mod+J', 'Alt+J'],
  'app.palette': ['Mod+K', 'Alt+K'],
  'app.settings': ['Mod+,', 'Alt+,'],
  'app.shortcuts': ['?'],
  'app.notifications': ['Mod+Shift+U', 'Alt+U'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type CommandId = keyof typeof USUAL_KEYS
