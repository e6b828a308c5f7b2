const PREFIX = 'smart-agents.'

/** What this window remembers under a name; null where there is nothing or no storage at all. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    // Storage can be switched off by policy; the app then works without a memory.
    return null
  }
}

/** Remembers a text, or forgets the name with null. */
export function remember(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, text)
  } catch {
    // A full or forbidden storage costs the memory of this one thing, never the work.
  }
}

/** What of the names that begin so stands behind that beginning. */
export function namesAfter(beginning: string): readonly string[] {
  try {
    const whole = PREFIX + beginning
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(whole))
      .map((name) => name.slice(whole.length))
  } catch {
    // Without storage nothing is remembered.
    return []
  }
}
