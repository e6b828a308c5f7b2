import { plural } from './plural.js'

export const workflows = {
  start: 'Start',
  startOne: (name: string) => `Start “${name}”`,
  startAny: 'Start a workflow',
  notRead: (reason: string) => `The workflows could not be read: ${reason}`,
  none: 'There is no workflow yet.',
  sources: { builtin: 'Built in', user: 'Yours', workspace: 'Of the workspace' },
  parts: (count: number) => plural(count, { one: '1 part', other: `${count} parts` }),
  problems: (count: number) =>
    plural(count, { one: '1 problem in files', other: `${count} problems in files` }),
  required: (name: string) => `${name} (required)`,
  fillIn: 'Fill this in',
  whatItDoes: 'What it does',
  notStarted: (reason: string) => `Not started: ${reason}. What you filled in is kept.`,
  all: 'All workflows',
  cancel: 'Cancel',
}
