import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { grammarOf } from './grammars.js'
import type { CodeToken, HighlightReply, HighlightRequest } from './highlight-protocol.js'

/** Colours are CSS variables, so that a change of theme needs no second run. */
const THEME = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--shiki-' })

const COLORS: Readonly<Record<string, string>> = {
  'var(--shiki-token-keyword)': 'var(--token-keyword)',
  'var(--shiki-token-string)': 'var(--token-string)',
  'var(--shiki-token-string-expression)': 'var(--token-string)',
  'var(--shiki-token-constant)': 'var(--token-constant)',
  'var(--shiki-token-function)': 'var(--token-function)',
  'var(--shiki-token-comment)': 'var(--token-comment)',
  'var(--shiki-token-link)': 'var(--token-function)',
  'var(--shiki-token-inserted)': 'var(--good)',
  'var(--shiki-token-deleted)': 'var(--bad)',
  'var(--shiki-token-changed)': 'var(--warn)',
}

let highlighter: Promise<HighlighterCore> | null = null

async function highlight(code: string, language: string): Promise<HighlightReply['lines']> {
  const grammar = grammarOf(language)
  if (grammar === null) return null
  highlighter ??= createHighlighterCore({ themes: [THEME], engine: createJavaScriptRegexEngine() })
  const shiki = await highlighter
  await shiki.loadLanguage(grammar.load)
  const { tokens } = shiki.codeToTokens(code, { lang: grammar.name, theme: 'tokens' })
  return tokens.map((line) => line.map(toToken))
}

function toToken(token: { readonly content: string; readonly color?: string }): CodeToken {
  const color = token.color === undefined ? undefined : COLORS[token.color]
  return color === undefined ? { text: token.content } : { text: token.content, color }
}

self.addEventListener('message', (event: MessageEvent<HighlightRequest>) => {
  const { id, code, language } = event.data
  const answer = (lines: HighlightReply['lines']) =>
    self.postMessage({ id, lines } satisfies HighlightReply)
  // Code that cannot be coloured is shown as it is.
  highlight(code, language).then(answer, () => answer(null))
})
