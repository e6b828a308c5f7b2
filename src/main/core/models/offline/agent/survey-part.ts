import { languagesOf } from '../analysis/languages.js'
import { bytes, code, count, number } from '../report/markdown.js'
import { type PartReport, type Section, section } from '../report/report.js'
import type { Routine } from '../routine.js'
import type { Focus } from '../words/intent.js'
import type { Part, Stage } from './part.js'
import { findGround, type Ground } from './place.js'
import type { Look, Survey } from './survey.js'
import { historySections } from './survey-history.js'
import { importSections } from './survey-imports.js'
import { directorySection, languageSection, largestSections, testSection } from './survey-sizes.js'
import { todoSections } from './survey-todos.js'

const EVERYTHING: readonly Focus[] = [
  'languages',
  'largest',
  'directories',
  'tests',
  'todos',
  'imports',
  'history',
]

const STEP_OF: Partial<Readonly<Record<Focus, string>>> = {
  todos: 'Search for TODO and FIXME',
  imports: 'Read the import graph',
  history: 'Read the git history',
}

/** Measures the workspace or a part of it: only what was asked for, or everything. */
export function surveyPart(survey: Survey): Part {
  const focuses = survey.focus.length > 0 ? survey.focus : EVERYTHING
  const looks = focuses.filter((focus) => STEP_OF[focus] !== undefined)
  const where = survey.place?.path ?? 'the workspace'
  return {
    title: `Survey of ${where}`,
    steps: [`List the files of ${where}`, ...looks.map((focus) => STEP_OF[focus] ?? focus)],
    *run(stage) {
      stage.begin(0)
      const result = yield* findGround(stage, survey.place)
      if (result.kind === 'failed') {
        stage.fail()
        return { success: false, headline: `**Not surveyed:** ${result.reason}`, sections: [] }
      }
      const { ground } = result
      if (ground.listing.totals.files === 0) return emptyReport(ground)
      const done = new Map<Focus, Look>()
      for (const [index, focus] of looks.entries()) {
        stage.begin(index + 1)
        const look = yield* lookFor(focus, stage, ground)
        if (look.problems.length > 0) stage.fail()
        done.set(focus, look)
      }
      return surveyReport(survey, focuses, ground, done)
    },
  }
}

function lookFor(focus: Focus, stage: Stage, ground: Ground): Routine<Look> {
  if (focus === 'todos') return todoSections(stage, ground)
  return focus === 'imports' ? importSections(stage, ground) : historySections(stage, ground)
}

function surveyReport(
  survey: Survey,
  focuses: readonly Focus[],
  ground: Ground,
  looks: ReadonlyMap<Focus, Look>,
): PartReport {
  const problems = [...looks.values()].flatMap((look) => look.problems)
  const sections = focuses.flatMap((focus): readonly Section[] => {
    switch (focus) {
      case 'languages':
        return [languageSection(ground)]
      case 'largest':
        return largestSections(ground, survey)
      case 'directories':
        return [directorySection(ground)]
      case 'tests':
        return [testSection(ground)]
      default:
        return looks.get(focus)?.sections ?? []
    }
  })
  return {
    success: problems.length === 0,
    headline: headlineOf(ground),
    sections: [
      ...noteSections(ground),
      ...sections,
      ...(problems.length === 0 ? [] : [section('What did not work', problems.join('\n\n'))]),
    ],
  }
}

function headlineOf({ path, listing, isFile }: Ground): string {
  const { totals } = listing
  const where = path === null ? 'The workspace' : code(path)
  if (isFile) {
    const lines = listing.files[0]?.lines
    const counted = lines === null || lines === undefined ? '' : `${count(lines, 'line')}, `
    return `${where} is one file: ${counted}${bytes(totals.bytes)} (from \`list_files\`).`
  }
  const languages = languagesOf(listing)
    .filter((language) => language.isCode)
    .slice(0, 3)
    .map((language) => `${language.name} ${number(language.lines)}`)
  const mostly =
    languages.length === 0 ? '' : ` Lines of code by language: ${languages.join(', ')}.`
  return (
    `${where} has **${count(totals.files, 'file')}, ${count(totals.lines, 'line')}, ${bytes(totals.bytes)}** ` +
    `(from \`list_files\`; what .gitignore names is not counted).${mostly}`
  )
}

function noteSections({ note, listing }: Ground): Section[] {
  const notes = [
    ...(note === null ? [] : [note]),
    ...(listing.cut === null ? [] : [cutNote(listing)]),
  ]
  return notes.length === 0 ? [] : [section(null, notes.join('\n\n'))]
}

function cutNote({ cut, files, totals }: Ground['listing']): string {
  const shown =
    files.length < totals.files
      ? ` The ${number(files.length)} largest of ${number(totals.files)} files are known one by one; totals and languages count all.`
      : ''
  return `The list of files was cut (“${cut}”).${shown}`
}

function emptyReport({ path, listing, note }: Ground): PartReport {
  const where = path === null ? 'The workspace' : code(path)
  const directories = listing.directories.length
  const folders = directories === 0 ? '' : ` It has ${count(directories, 'folder')}.`
  return {
    success: true,
    headline: `${where} holds no files that are not ignored (from \`list_files\`).${folders}`,
    sections: note === null ? [] : [section(null, note)],
  }
}
