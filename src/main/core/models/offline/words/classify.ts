import { isBareCommand, looksLikeShell } from './bare-command.js'
import type { Meaning, Place } from './intent.js'
import { placeIn, sizeLimitIn, topIn } from './places.js'
import { askedFor } from './questions.js'
import { plainText, type Quoted, quotesIn, restoreQuotes, withoutMarks } from './quotes.js'
import { searchIn, sidesIn } from './search-query.js'
import { isEmptyTarget, targetIn } from './targets.js'
import {
  focusesIn,
  goalIn,
  goalOfVerb,
  isStopWord,
  isWholeWorkspace,
  leadingVerb,
  type VerbFound,
} from './vocabulary.js'

const TASK_NOUN = /\b(?:tasks?|jobs?|queue|agents?|background work)\b/i
const RESULT_NOUN = /\b(?:results?|reports?|outcomes?|findings|outputs?)\b/i
const STATUS_NOUN = /\b(?:status|progress|state|eta)\b/i
const FREE_FORM =
  /\b(?:bugs?|problems?|issues?|mistakes?|errors?|reasons?|causes?|vulnerabilit(?:y|ies)|why|solutions?|web|internet|google|online|weather|news)\b/i
/** Verbs of work that rules cannot do; no noun after them makes it another request. */
export const OTHER_VERB =
  /^(?:fix|write|deploy|explain|refactor|add|create|delete|remove|update|rename|implement|tell|make|send|commit|push|merge|improve|document|clean|move|change|rewrite|translate|debug|optimi[sz]e|generate|ship|publish|release|describe|review|convert|migrate|upgrade|design|draft|solve|answer)\b/i
const SPEECH_ONLY =
  /^(?:me\s+)?(?:a|an)\s+(?:joke|story|poem|song|example|summary of|idea|hint|tip)\b/i

/** What one clause asks for, in English (glossed) and without politeness. Total: never throws. */
export function classify(clause: string, quotes: readonly Quoted[]): Meaning {
  const question = askedFor(clause, quotes)
  if (question !== null) return question
  const found = leadingVerb(
    clause.replace(/^what(?:'s| is| are)\s+(?=the differences? between\b)/i, ''),
  )
  const meaning = found === null ? null : byVerb(found, clause, quotes)
  return meaning ?? withoutVerb(clause, quotes)
}

function byVerb(found: VerbFound, clause: string, quotes: readonly Quoted[]): Meaning | null {
  switch (found.verbClass) {
    case 'run':
      return toRun(found.rest, quotes)
    case 'goal':
      return goalMeaning(found, clause, quotes)
    case 'survey':
      // The gist of a file cannot be measured.
      if (/^summ/.test(found.verb) && placeIn(found.rest, quotes)?.certain === true) return null
      return toSurvey(found.rest, quotes)
    case 'find':
      return toFind(found.rest, quotes)
    case 'search':
      return FREE_FORM.test(afterIn(found.rest))
        ? { kind: 'unknown' }
        : toSearch(found.rest, quotes)
    case 'compare':
      return sidesIn(found.rest, quotes)
    case 'show':
      return toShow(found.rest, quotes)
    case 'check':
      return toCheck(found.rest, quotes)
    case 'cancel':
      return { kind: 'cancel', target: targetIn(found.rest, quotes) }
    case 'tell':
      return toTell(found.rest, quotes)
    case 'retry':
      return { kind: 'again', target: targetIn(found.rest.replace(/^to\s+/i, ''), quotes) }
  }
}

/** "run …": a command where it reads like one, else what the noun says. */
function toRun(rest: string, quotes: readonly Quoted[]): Meaning | null {
  if (rest === '') return null
  const code = commandQuote(rest, quotes)
  if (code !== undefined && !/\b(?:survey|analysis|search)\b/i.test(withoutMarks(rest))) {
    return { kind: 'command', line: code.text }
  }
  const object = rest.replace(/^(?:the\s+)?(?:commands?|scripts?\s+called)\s+/i, '')
  const line = commandLine(object, quotes)
  if (line !== null || looksLikeShell(object)) {
    return { kind: 'command', line: line ?? restoreQuotes(object, quotes) }
  }
  if (/^(?:it|that|this|them|those)(?:\s+again)?$/i.test(object)) {
    return { kind: 'again', target: targetIn(object, quotes) }
  }
  if (/\b(?:survey|analysis|overview|inventory|audit|scan)\b/i.test(object)) {
    return toSurvey(
      object.replace(/^.*?\b(?:survey|analysis|overview|inventory|audit|scan)\b/i, ''),
      quotes,
    )
  }
  if (/^(?:a\s+|the\s+)?search\b/i.test(object)) {
    return toSearch(object.replace(/^(?:a\s+|the\s+)?search\s*/i, ''), quotes)
  }
  if (/^(?:a\s+|the\s+)?comparison\b/i.test(object)) {
    return sidesIn(object.replace(/^.*?comparison\s+(?:of\s+)?/i, ''), quotes)
  }
  return toRunNamed(object, quotes)
}

/** Back-ticks anywhere; other quotes only where they hold the whole of what is to be run. */
function commandQuote(rest: string, quotes: readonly Quoted[]): Quoted | undefined {
  const found = quotesIn(rest, quotes)
  const around = withoutMarks(rest).replace(/\b(?:the|commands?)\b/gi, '')
  return found.find(({ kind }) => kind === 'code') ?? (around.trim() === '' ? found[0] : undefined)
}

/** What the script that starts a server of this kind is called everywhere. */
const SERVER_SCRIPTS: Readonly<Record<string, string>> = {
  dev: 'dev',
  development: 'dev',
  preview: 'preview',
}

function toRunNamed(object: string, quotes: readonly Quoted[]): Meaning | null {
  const server = /^(?:(?:the|a|my|our)\s+)?(?:(dev|development|preview)[\s-]+)?server$/i.exec(
    object,
  )
  if (server !== null)
    return { kind: 'script', name: SERVER_SCRIPTS[server[1]?.toLowerCase() ?? ''] ?? 'start' }
  const named =
    /^(?:the\s+)?(?:npm\s+)?scripts?\s+([\w:.-]+)$/i.exec(object) ??
    /^(?:the\s+)?([\w:.-]+)\s+(?:npm\s+)?(?:script|target|recipe)$/i.exec(object)
  if (named?.[1] !== undefined) return { kind: 'script', name: named[1] }
  const place = placeOfRun(object, quotes)
  const goal = goalIn(without(object, place))
  if (goal !== null && wordCount(object) <= 8) return { kind: 'goal', goal, place }
  const single = /^(?:the\s+)?([a-z][\w:.-]*)$/i.exec(object)?.[1]
  return single === undefined || isStopWord(single) ? null : { kind: 'script', name: single }
}

function goalMeaning(found: VerbFound, clause: string, quotes: readonly Quoted[]): Meaning | null {
  const { rest } = found
  const line = commandLine(clause, quotes)
  if (line !== null) return { kind: 'command', line }
  // "test coverage", "build status", "test ratio": the verb is really a noun.
  if (STATUS_NOUN.test(rest) || RESULT_NOUN.test(rest)) return null
  if (focusesIn(clause).includes('tests')) return toSurvey(clause, quotes)
  const place = placeOfRun(rest, quotes)
  if (/^coverage\b/i.test(rest)) return { kind: 'goal', goal: 'coverage', place }
  const about = rest.split(/\s+/).filter((word) => word !== '' && !isStopWord(word))
  // "build me a rocket" is no build of this workspace; "build the frontend package" may be.
  if (/^(?:me|us)?\s*(?:a|an)\s+/i.test(rest) || about.length > 4) return { kind: 'unknown' }
  return { kind: 'goal', goal: goalOfVerb(found.verb, rest), place }
}

function toSurvey(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const focus = focusesIn(withoutMarks(rest))
  const place = placeIn(rest, quotes)
  if (FREE_FORM.test(rest) && focus.length === 0) return null
  const about = rest
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word) && !isStopWord(word) && word !== place?.path)
  if (focus.length === 0 && about.length > 2) return null
  return { kind: 'survey', focus, place, limit: sizeLimitIn(rest), top: topIn(rest) }
}

function toFind(rest: string, quotes: readonly Quoted[]): Meaning | null {
  if (/^out\b/i.test(rest)) return askedFor(rest.replace(/^out\s+/i, ''), quotes)
  const named = quotesIn(rest, quotes).length > 0 || /\b(?:string|word|text|phrase)\b/i.test(rest)
  if (!named && focusesIn(rest).length > 0 && !/\bwhere\b/i.test(rest))
    return toSurvey(rest, quotes)
  if (!named && FREE_FORM.test(rest)) return null
  return rest === '' ? null : toSearch(rest, quotes)
}

function toSearch(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const meaning = searchIn(rest, quotes)
  if (meaning.kind !== 'search' || meaning.query === '') return null
  if (
    /^(?:to-?dos?|fixmes?)(?:\s+comments?)?$/i.test(
      meaning.query.replace(/\s+(?:and|or)\s+fixmes?/i, ''),
    )
  ) {
    return { kind: 'survey', focus: ['todos'], place: meaning.place, limit: null, top: null }
  }
  return meaning
}

function toShow(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const target = targetIn(rest, quotes)
  if (RESULT_NOUN.test(rest)) return { kind: 'result', target }
  if (STATUS_NOUN.test(rest) || TASK_NOUN.test(rest)) return { kind: 'status', target }
  if (target.ids.length > 0) return { kind: 'result', target }
  if (/^what(?:'s|\s)/i.test(rest)) return askedFor(rest, quotes)
  if (focusesIn(rest).length > 0) return toSurvey(rest, quotes)
  if (/\b(?:overview|survey|analysis|summary|files)\b/i.test(rest) && !SPEECH_ONLY.test(rest)) {
    return toSurvey(rest.replace(/^.*?\b(?:overview|survey|analysis|summary)\b/i, ''), quotes)
  }
  if (/^(?:me\s+)?(?:it|them|that|this)$/i.test(rest)) return { kind: 'result', target }
  if (/\bwhere\b/i.test(rest)) return toSearch(rest.replace(/^.*?\bwhere\b/i, 'where'), quotes)
  if (/\b(?:uses?|usages?|references?|occurrences?)\s+(?:of|to)\b/i.test(rest))
    return toSearch(rest, quotes)
  return null
}

function toCheck(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const code = quotesIn(rest, quotes).find(({ kind }) => kind === 'code')
  if (code !== undefined) return { kind: 'command', line: code.text }
  const target = targetIn(rest, quotes)
  if (STATUS_NOUN.test(rest) || TASK_NOUN.test(rest) || target.ids.length > 0) {
    return { kind: 'status', target }
  }
  if (RESULT_NOUN.test(rest)) return { kind: 'result', target }
  if (focusesIn(rest).length > 0) return toSurvey(rest, quotes)
  if (/^(?:on|if|whether)\b/i.test(rest) || /^(?:it|them)$/i.test(rest)) {
    const goal = goalIn(rest)
    if (goal !== null && /\b(?:pass|work|compile|succeed|green)\b/i.test(rest)) {
      return { kind: 'goal', goal, place: null }
    }
    return { kind: 'status', target }
  }
  const goal = goalIn(rest)
  if (goal !== null) return { kind: 'goal', goal, place: placeOfRun(rest, quotes) }
  if (/^for\s/i.test(rest)) return toFind(rest, quotes)
  const single = rest.split(/\s+/).filter((word) => !isStopWord(word))
  return single.length === 0 && rest !== '' ? toSurvey(rest, quotes) : null
}

/** "tell task_x to …", "tell the survey that …". */
function toTell(rest: string, quotes: readonly Quoted[]): Meaning | null {
  const match =
    /^(?:to\s+)?(?:the\s+|my\s+)?(.+?)\s*(?::|,?\s+(?:to|that|know(?:\s+that)?|about)\s)\s*(.+)$/is.exec(
      rest,
    ) ?? /^(task_[A-Za-z0-9]+)\s+(.+)$/s.exec(rest)
  const [, who, text] = match ?? []
  if (who === undefined || text === undefined || /^(?:me|us|him|her)$/i.test(who)) return null
  const target = targetIn(who, quotes)
  if (isEmptyTarget(target) && !/\b(?:it|them|task|agent|job)\b/i.test(who)) return null
  return { kind: 'message', target, text: plainText(text, quotes).trim() }
}

/** A clause that only names something: "the tests please", "status", "large files in src". */
function withoutVerb(clause: string, quotes: readonly Quoted[]): Meaning {
  const plain = plainText(clause, quotes)
  const code = quotesIn(clause, quotes)
  if (code.length === 1 && code[0]?.kind === 'code' && withoutMarks(clause).trim() === '') {
    return { kind: 'command', line: code[0].text }
  }
  const line = commandLine(clause, quotes)
  if (line !== null) return { kind: 'command', line }
  if (OTHER_VERB.test(clause)) return { kind: 'unknown' }
  if (wordCount(plain) > 8) return { kind: 'unknown' }
  const target = targetIn(clause, quotes)
  if (RESULT_NOUN.test(plain) && plainObject(plain)) return { kind: 'result', target }
  if (STATUS_NOUN.test(plain) && plainObject(plain)) return { kind: 'status', target }
  const focus = focusesIn(withoutMarks(clause))
  if (/^(?:an?\s+|the\s+)?(?:survey|analysis|overview|inventory)\b/i.test(plain)) {
    return (
      toSurvey(plain.replace(/^.*?\b(?:survey|analysis|overview|inventory)\b/i, ''), quotes) ?? {
        kind: 'unknown',
      }
    )
  }
  if (focus.length > 0 && onlyKnownWords(plain, placeIn(clause, quotes)?.path ?? '')) {
    return toSurvey(clause, quotes) ?? { kind: 'unknown' }
  }
  const goal = goalIn(plain)
  if (goal !== null && wordCount(plain) <= 4 && plainObject(plain))
    return { kind: 'goal', goal, place: null }
  return { kind: 'unknown' }
}

/** A clause that is a command as it stands, with its quotes as they were typed. */
function commandLine(clause: string, quotes: readonly Quoted[]): string | null {
  return isBareCommand(clause) ? restoreQuotes(clause, quotes) : null
}

/** "the tests in packages/core": a path, or a word after a preposition. */
function placeOfRun(text: string, quotes: readonly Quoted[]): Place | null {
  const named = placeIn(text, quotes)
  if (named?.certain === true) return named
  const scope = /\b(?:in|inside|under|within|of|for)\s+(?:the\s+)?\S+/i.exec(text)?.[0]
  return scope === undefined ? null : placeIn(scope, quotes)
}

function without(text: string, place: Place | null): string {
  return place === null ? text : text.replace(place.path, ' ')
}

/** Not a sentence about the thing: "the tests are red" asks for nothing. */
function plainObject(text: string): boolean {
  return !/\b(?:is|are|was|were|am|has|have|had|will|should|must|fails?|breaks?|looks?|seems?|not)\b/i.test(
    text,
  )
}

function onlyKnownWords(text: string, place: string): boolean {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== place)
    .every(
      (word) =>
        isStopWord(word) ||
        isWholeWorkspace(word) ||
        focusesIn(word).length > 0 ||
        /^\d/.test(word),
    )
}

function afterIn(rest: string): string {
  return (
    /^(?:the\s+)?(?:web|internet|google|online)\b|\b(?:on|in)\s+(?:the\s+)?(?:web|internet|google)\b/i.exec(
      rest,
    )?.[0] ?? ''
  )
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length
}
