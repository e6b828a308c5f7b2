import { plural } from './plural.js'

/** Why tasks wait, and what the load of the machine means for them. */
export const waits = {
  paused: 'The queue is paused',
  limits: {
    all: (running: number, most: number) =>
      plural(Math.max(running, most), {
        one: `${running} of ${most} task is running`,
        other: `${running} of ${most} tasks are running`,
      }),
    agent: (running: number, most: number) =>
      plural(Math.max(running, most), {
        one: `${running} of ${most} agent is running`,
        other: `${running} of ${most} agents are running`,
      }),
    build: (running: number, most: number) =>
      plural(Math.max(running, most), {
        one: `${running} of ${most} build is running`,
        other: `${running} of ${most} builds are running`,
      }),
    e2e_test: (running: number, most: number) =>
      plural(Math.max(running, most), {
        one: `${running} of ${most} E2E test is running`,
        other: `${running} of ${most} E2E tests are running`,
      }),
    someType: 'A limit on builds, E2E tests or agents is reached',
  },
  cpu: {
    unknown: 'The processor is busy',
    above: (now: string, threshold: string) =>
      `CPU is at ${now}, above the threshold of ${threshold}`,
    notYetBelow: (now: string, threshold: string) =>
      `CPU is at ${now}, not yet far enough below the threshold of ${threshold}`,
  },
  memory: {
    unknown: 'Memory is short',
    above: (now: string, threshold: string) =>
      `Memory is at ${now}, above the threshold of ${threshold}`,
    notYetBelow: (now: string, threshold: string) =>
      `Memory is at ${now}, not yet far enough below the threshold of ${threshold}`,
  },
  forTasks: (tasks: string) => `Waits for ${tasks}`,
  moreTasks: (count: number) => `${count} more`,
  startsAt: (moment: string) => `Starts at ${moment}`,
  forAnswer: 'Waits for your answer',
  forAnswerTo: (question: string) => `Waits for your answer: ${question}`,
  starting: 'Next in line: starts as soon as there is room',
  gauges: {
    cpu: 'CPU holds back new tasks at the moment; what runs goes on, and the chat never waits.',
    memory:
      'Memory holds back new tasks at the moment; what runs goes on, and the chat never waits.',
    both: 'CPU and memory hold back new tasks at the moment; what runs goes on, and the chat never waits.',
    off: 'Both thresholds are switched off, so they never hold back a task.',
    none: 'They hold back nothing at the moment.',
  },
}
