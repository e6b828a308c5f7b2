/** What can be done from the keyboard, the palette and the menus, by the name that settings and menus know it by. */
export const COMMAND_IDS = [
  'chat.new',
  'chat.stop',
  'chat.write',
  'chat.find',
  'go.conversations',
  'go.chat',
  'go.tasks',
  'area.chat',
  'area.tasks',
  'area.history',
  'area.dashboard',
  'area.inbox',
  'history.find',
  'view.conversations',
  'view.tasks',
  'app.palette',
  'app.settings',
  'app.shortcuts',
  'app.notifications',
] as const
export type CommandId = (typeof COMMAND_IDS)[number]
