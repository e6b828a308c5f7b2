import type { ModelMessage } from '../../model-client.js'
import { oneLine } from '../report/markdown.js'
import { MENTIONS } from '../transcript.js'

/** What a request points at with `@`, read from the material that comes with it. */
export interface Mentioned {
  readonly agents: readonly string[]
  readonly tasks: readonly string[]
  readonly files: readonly {
    readonly path: string
    readonly bytes: number
    readonly lines: number | null
  }[]
  readonly folders: readonly string[]
}

const FILE = /<file path="([^"\n]+)" bytes="(\d+)"([^>\n]*)>\n?([\s\S]*?)\n?<\/file>/g

export function mentionedIn(message: ModelMessage | undefined): Mentioned {
  const text = (message?.content ?? [])
    .flatMap((block) => (block.type === 'text' ? (block.text.match(MENTIONS) ?? []) : []))
    .join('\n')
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')
  return {
    agents: all(/<agent name="([A-Za-z0-9_-]+)">/g),
    tasks: all(/<task>\{"taskId":"(task_[A-Za-z0-9]+)"/g),
    files: [...text.matchAll(FILE)].map(([, path = '', bytes = '0', shown = '', content = '']) => ({
      path,
      bytes: Number(bytes),
      lines: shown === '' && content !== 'It is not text.' ? content.split('\n').length : null,
    })),
    folders: all(/<folder path="([^"\n]+)">/g),
  }
}

/** A request without its signs: places and tasks by their names, agents taken out. */
export function withoutSigns(text: string, { agents }: Mentioned): string {
  let plain = text
  for (const name of agents) {
    const sign = `@${name}(?![A-Za-z0-9_-])`
    plain = plain
      .replace(
        new RegExp(`\\b(?:have|let|ask|get|use|tell)\\s+${sign}(?:\\s+to\\b)?[,:]?\\s*`, 'gi'),
        '',
      )
      .replace(new RegExp(`[,\\s]*\\b(?:with|by|using|via)\\s+${sign}`, 'gi'), '')
      .replace(new RegExp(`${sign}[,:]?\\s*`, 'g'), '')
  }
  return plain.replace(/(?<=^|[\s([{])@(?=["\w./\p{L}])/gu, '').trim()
}

/** What can be said of files and folders without a model that reads them. */
export function placesText({ files, folders }: Mentioned): string {
  const facts = [
    ...files.map(({ path, bytes, lines }) => {
      const size = `${bytes.toLocaleString('en')} bytes`
      return `- \`${oneLine(path, 200)}\`: ${lines === null ? size : `${lines} lines, ${size}`}`
    }),
    ...folders.map((path) => `- \`${oneLine(path, 200)}/\`: a folder`),
  ]
  if (facts.length === 0) return ''
  return `You point at:\n${facts.join('\n')}\n\nOffline I can search in it, survey it, or run its tests; to speak about what it says I need a model.`
}
