import { countsByTag, TODO_PATTERN, todosIn } from '../analysis/todos.js'
import { bullets, code, count, number, oneLine } from '../report/markdown.js'
import { section } from '../report/report.js'
import type { Routine } from '../routine.js'
import { errorLine, parseSearch } from '../tool-text.js'
import { searchPattern } from './calls.js'
import type { Stage } from './part.js'
import type { Ground } from './place.js'
import type { Look } from './survey.js'

const MOST_SHOWN = 40
const TITLE = 'TODO and FIXME'

export function* todoSections(stage: Stage, ground: Ground): Routine<Look> {
  const outcome = yield* stage.askOne(
    'I search for TODO, FIXME, HACK and XXX.',
    searchPattern(TODO_PATTERN, ground.path),
  )
  if (outcome.isError) {
    return { sections: [], problems: [`Searching for TODO failed: ${errorLine(outcome)}`] }
  }
  const found = parseSearch(outcome.content)
  const todos = todosIn(found.hits)
  if (todos.length === 0) {
    return { sections: [section(TITLE, 'None found (from `search_files`).')], problems: [] }
  }
  const tags = countsByTag(todos).map((each) => `${each.count} ${each.tag}`)
  const inComments = todos.filter((todo) => todo.inComment).length
  const shown = todos.slice(0, MOST_SHOWN)
  const rest = todos.length - shown.length
  const files = new Set(todos.map((todo) => todo.path)).size
  const body = section(
    TITLE,
    `**${count(found.total, 'line')}** in ${count(Math.max(files, found.files), 'file')} (from \`search_files\`): ${tags.join(', ')}${found.cut === null ? '' : ' among those shown'}. In comments, listed first: ${number(inComments)}; elsewhere, perhaps part of a text: ${number(todos.length - inComments)}.`,
    bullets(
      shown.map((todo) => `${code(`${todo.path}:${todo.line}`)} ${code(oneLine(todo.text, 140))}`),
    ),
    rest > 0 ? `${count(rest, 'more line')} not listed here.` : '',
    found.cut === null ? '' : `The search result was cut (“${found.cut}”).`,
  )
  return { sections: [body], problems: [] }
}
