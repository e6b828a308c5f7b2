import { plural } from './plural.js'

export const tasks = {
  output: {
    label: 'Output',
    notRead: (why: string) => `The output could not be read: ${why}`,
    noneYet: 'No output yet.',
    none: 'There was no output.',
    lines: (count: number) =>
      plural(count, { one: '1 line', other: `${count.toLocaleString('en')} lines` }),
    part: (count: number) => `${count.toLocaleString('en')} lines of a longer log`,
    removed: (at: string) => `The log was removed (${at}), as the settings say.`,
    olderFailed: 'More of the output could not be read',
    toBeginning: 'Go to the beginning',
    follow: 'Follow the output',
    copy: 'Copy output',
    search: 'Search the output',
    searchPlaceholder: 'Search',
    found: (at: number, count: number, complete: boolean) =>
      count === 0
        ? complete
          ? 'not found'
          : 'searching'
        : `${at === 0 ? '' : `${at} of `}${count}${complete ? '' : '+'}`,
    previous: 'Previous line that was found',
    next: 'Next line that was found',
  },
  resources: {
    tab: 'Resources',
    none: 'None of its processes was looked at: it had none, or they ended within a second.',
    notRead: (why: string) => `What it took could not be read: ${why}`,
    cpu: 'CPU',
    memory: 'Memory',
    machine: 'The machine meanwhile',
    peak: (cpu: string, memory: string) => `Most: CPU ${cpu}, memory ${memory}`,
    stretch: (attempt: number, from: string) => `Attempt ${attempt}, from ${from}`,
    time: 'Time',
    table: 'Figures',
  },
  remedy: {
    dependency: 'It starts by itself when they have ended.',
    schedule: 'It starts by itself at that time, or now.',
    backoff: 'It is tried again by itself, or now.',
    answer: 'It goes on when you have answered.',
    approval: 'It goes on when you have approved its plan.',
    children: 'It goes on when the tasks that it started have ended.',
    mail: 'It goes on when the mail has come.',
    paused: 'Nothing starts until the queue is resumed.',
    quota: 'The provider takes no more for now; it goes on by itself.',
    limit: 'It starts when another has ended. Limits can be raised.',
    memory: 'It starts when memory is free. The threshold can be changed.',
    cpu: 'It starts when the processor is free; one task runs anyway after ten seconds.',
    starting: 'It is about to start.',
    resume: 'Resume the queue',
    resumeFailed: 'The queue was not resumed',
    limits: 'Limits',
    inbox: 'Answer in the inbox',
    open: (task: string) => `Open ${task}`,
  },
}
