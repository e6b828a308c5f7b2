import {
  authorsOf,
  type Commit,
  commitsIn,
  hasNoCommits,
  hotspotsIn,
  isNoRepository,
  LOG_FORMAT,
} from '../analysis/git-history.js'
import { bullets, code, count, number, oneLine, table } from '../report/markdown.js'
import { section } from '../report/report.js'
import type { Outcome, Routine } from '../routine.js'
import { errorLine, isInterrupted, parseCommandResult } from '../tool-text.js'
import { runCommand, shellPath } from './calls.js'
import type { Stage } from './part.js'
import type { Ground } from './place.js'
import type { Look } from './survey.js'

const TITLE = 'Git history'
const LOGGED = 150
const LISTED = 15
const HOT_COMMITS = 50
const MOST_REPEATS = 3
/** By whoever gave the agent its tools; any other refusal is a finding. */
const NOT_GRANTED = /^forbidden: .*(?:not granted to you|not among the tools of this agent)/

export function* historySections(stage: Stage, { path }: Ground): Routine<Look> {
  const probe = yield* git(stage, 'I ask git whether this is a repository.', [
    'git rev-parse --is-inside-work-tree',
  ])
  const unusable = whyNot(probe[0])
  if (unusable !== null) return unusable
  const word = path === null ? null : shellPath(path)
  const scope = word === null ? '' : ` -- ${word}`
  const [log, total, names] = yield* git(stage, 'I read the git history.', [
    `git log -n ${LOGGED} ${LOG_FORMAT}${scope}`,
    `git rev-list --count HEAD${scope}`,
    `git log -n ${HOT_COMMITS} --name-only --pretty=tformat:${scope}`,
  ])
  if (log === undefined || log.isError || parseCommandResult(log.content).exitCode !== 0) {
    return failedLog(log)
  }
  const commits = commitsIn(parseCommandResult(log.content).output)
  if (commits.length === 0) {
    return { sections: [section(TITLE, `No commit touches ${code(path ?? '.')}.`)], problems: [] }
  }
  const note =
    path !== null && word === null
      ? `The name ${code(path)} cannot be put into a command safely, so this is the history of the whole repository.`
      : ''
  const count_ = Number(parseCommandResult(total?.content ?? '').output)
  return {
    sections: [
      section(
        TITLE,
        note,
        figures(commits, Number.isInteger(count_) && count_ > 0 ? count_ : null),
        bullets(commits.slice(0, LISTED).map(commitLine)),
        hotspots(names),
      ),
    ],
    problems: [],
  }
}

/** Reading history changes nothing, so a call that a restart cut off is simply made again. */
function* git(stage: Stage, say: string, lines: readonly string[]): Routine<readonly Outcome[]> {
  let outcomes = yield* stage.ask(say, ...lines.map((line) => runCommand(line, 60)))
  for (let repeat = 0; outcomes.some(isInterrupted) && repeat < MOST_REPEATS; repeat++) {
    const lost = outcomes
    const again = yield* stage.ask(
      'A restart hid an answer of git; I ask again.',
      ...lines.filter((_, index) => isLost(lost[index])).map((line) => runCommand(line, 60)),
    )
    let next = 0
    outcomes = lost.map((outcome) =>
      isInterrupted(outcome) ? (again[next++] ?? outcome) : outcome,
    )
  }
  return outcomes
}

function isLost(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && isInterrupted(outcome)
}

function whyNot(probe: Outcome | undefined): Look | null {
  if (probe?.isError && NOT_GRANTED.test(probe.content)) {
    // Whoever made the agent did not want it to run commands: no fault of the survey.
    return {
      sections: [section(TITLE, 'Not read: this agent may not run commands.')],
      problems: [],
    }
  }
  if (probe === undefined || probe.isError) {
    const why = probe === undefined ? 'no answer' : errorLine(probe)
    return { sections: [], problems: [`The git history was not read: ${why}`] }
  }
  const result = parseCommandResult(probe.content)
  if (result.exitCode === 0) return null
  if (isNoRepository(result.output)) {
    return { sections: [section(TITLE, 'The workspace is not a git repository.')], problems: [] }
  }
  if (result.exitCode === 127 || /not found|not recognized/i.test(result.output)) {
    return { sections: [section(TITLE, 'Not read: git is not installed here.')], problems: [] }
  }
  return { sections: [], problems: [`git answered: ${oneLine(result.output, 300)}`] }
}

function failedLog(log: Outcome | undefined): Look {
  const output = log === undefined ? '' : parseCommandResult(log.content).output
  if (hasNoCommits(output)) {
    return { sections: [section(TITLE, 'The repository has no commits yet.')], problems: [] }
  }
  const why = log === undefined ? 'no answer' : oneLine(log.content, 300)
  return { sections: [], problems: [`The git history could not be read: ${why}`] }
}

function figures(commits: readonly Commit[], total: number | null): string {
  const newest = commits[0]
  const oldest = commits.at(-1)
  const all = total === null ? '' : `**${count(total, 'commit')}** in all. `
  const authors = authorsOf(commits)
    .slice(0, 8)
    .map(({ author, commits: own }) => `${oneLine(author, 60)} (${number(own)})`)
  return (
    `${all}The newest ${number(commits.length)} (from \`git log\`) go from ${oldest?.date ?? '?'} to ${newest?.date ?? '?'}; ` +
    `authors: ${authors.join(', ')}.`
  )
}

function commitLine({ hash, date, author, subject }: Commit): string {
  return `${code(hash)} ${date} ${oneLine(author, 40)}: ${oneLine(subject, 110)}`
}

function hotspots(names: Outcome | undefined): string {
  if (names === undefined || names.isError) return ''
  const result = parseCommandResult(names.content)
  const hot = hotspotsIn(result.output).filter((each) => each.commits > 1)
  if (result.exitCode !== 0 || hot.length === 0) return ''
  const cut = result.cut ? ' (the list was cut, so these are least figures)' : ''
  const rows = hot.slice(0, 8).map((each) => [code(each.path), number(each.commits)])
  return `Files changed most often in the newest ${HOT_COMMITS} commits${cut}:\n\n${table(['File', 'Commits>'], rows)}`
}
