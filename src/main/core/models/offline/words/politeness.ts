/** What surrounds a request without changing it. Each is cut once from the front, repeatedly. */
const LEADING: readonly RegExp[] = [
  /^(?:hey|hi|hello|ok(?:ay)?|alright|right|well|so|now|great|good|cool|yes|yeah|sure|fine)\b[\s,!.]*(?=\S)/i,
  /^(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|finally|lastly|next|then|also|and|additionally|meanwhile)\b(?:\s+of all)?[\s,:]*(?=\S)/i,
  /^(?:erstens|zweitens|drittens|zuerst|zunächst|dann|und|auch)\b[\s,:]*(?=\S)/i,
  /^(?:首先|其次|最後請|另外|先|再)\s*(?=\S)/u,
  /^(?:please|pls|plz|kindly|bitte|just|simply|quickly|maybe|perhaps|now)\b[\s,]*(?=\S)/i,
  /^(?:can|could|would|will|might)\s+(?:you|we|u)\b(?:\s+(?:please|also|just|kindly|perhaps|maybe))*\s*(?=\S)/i,
  /^(?:mind|be so kind as to|be able to)\s+(?=\S)/i,
  /^i(?:'d| would)\s+(?:like|love|want)\s+(?:for\s+)?(?:you\s+)?(?:to\s+)?(?=\S)/i,
  /^i\s+(?:want|need)\s+(?:you\s+)?(?:to\s+)?(?=\S)/i,
  /^(?:let's|lets|let us|let me)\s+(?=\S)/i,
  /^(?:go ahead(?: and)?|try to|help me(?: to)?|feel free to|make sure (?:to|you)|remember to|you (?:can|should|could|may))\s+(?=\S)/i,
  /^(?:@?assistant|smart agents?)\b[\s,:]*(?=\S)/i,
  /^(?:kannst|könntest|würdest) du\s+(?:bitte\s+)?(?=\S)/i,
  /^to\s+(?=\S)/i,
]

const TRAILING: readonly RegExp[] = [
  /[\s,]*\b(?:please|pls|plz|bitte|thanks|thank you|thx|danke)\s*$/i,
  /[\s,]*\b(?:for me|for us|now|right now|right away|immediately|at once|again|once more|already|too|as well|if you can|if possible|when you can|while (?:we|i) (?:talk|chat)|in parallel|at the same time|side by side)\s*$/i,
  /[\s,]*\b(?:in the background|as (?:a )?background (?:task|job)s?|im hintergrund)\s*$/i,
  /[\s,]*(?:吧|好嗎|好吗|謝謝|谢谢)\s*$/u,
]

const PRIORITIES: readonly { readonly pattern: RegExp; readonly priority: number }[] = [
  {
    pattern:
      /[\s,(]*\b(?:as soon as possible|asap|urgently|(?:(?:with|at) (?:a )?)?high priority|dringend)\b\)?/i,
    priority: 8,
  },
  {
    pattern:
      /[\s,(]*\b(?:(?:(?:with|at) (?:a )?)?low priority|no hurry|no rush|when(?:ever)? you have time)\b\)?/i,
    priority: 3,
  },
]
const NUMBERED_PRIORITY = /[\s,(]*\b(?:with |at )?(?:a )?priority(?: of)?[ :=]+(10|[1-9])\b\)?/i

export function withoutPoliteness(clause: string): string {
  let text = clause.trim()
  for (let before = ''; before !== text; ) {
    before = text
    for (const pattern of LEADING) text = text.replace(pattern, '')
    for (const pattern of TRAILING) text = text.replace(pattern, '')
    text = text.trim()
  }
  return text
}

/** "urgently", "with priority 8": taken out of the clause. 10 is most urgent. */
export function takePriority(clause: string): { text: string; priority: number | null } {
  const numbered = NUMBERED_PRIORITY.exec(clause)
  if (numbered !== null) {
    return {
      text: clause.replace(NUMBERED_PRIORITY, '').trim(),
      priority: Number(numbered[1]),
    }
  }
  for (const { pattern, priority } of PRIORITIES) {
    if (pattern.test(clause)) return { text: clause.replace(pattern, '').trim(), priority }
  }
  return { text: clause, priority: null }
}
