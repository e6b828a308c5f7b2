import type { Section } from '../report/report.js'
import type { Work } from '../words/intent.js'

export type Survey = Extract<Work, { kind: 'survey' }>

/** What one look came to; `problems` are errors of tools, which the report must not hide. */
export interface Look {
  readonly sections: readonly Section[]
  readonly problems: readonly string[]
}
