/** A longer wait is cut to this: trying once a day costs nothing, an overflowing timer does. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1000

const RESET_HEADERS = ['requests', 'tokens', 'input-tokens', 'output-tokens'] as const

/**
 * How long the provider asks to be left alone, in ms; null where it does not say.
 *
 * Dates are measured from the response's own `date` header, so that a wrong clock on this machine
 * cannot stretch or skip the wait; without that header they are no use.
 */
export function retryAfterMsOf(headers: Headers | undefined): number | null {
  if (headers === undefined) return null
  const sentAtMs = instantOf(headers.get('date'))
  const waitMs =
    positive(headers.get('retry-after-ms'), 1) ??
    positive(headers.get('retry-after'), 1000) ??
    until(instantOf(headers.get('retry-after')), sentAtMs) ??
    until(resetInstantOf(headers), sentAtMs)
  return waitMs === null ? null : Math.min(Math.max(0, Math.ceil(waitMs)), MAX_WAIT_MS)
}

/** The instant at which every window that is used up is open again. */
function resetInstantOf(headers: Headers): number | null {
  const windows = RESET_HEADERS.map((name) => ({
    usedUp: headers.get(`anthropic-ratelimit-${name}-remaining`) === '0',
    resetMs: instantOf(headers.get(`anthropic-ratelimit-${name}-reset`)),
  })).filter((window) => window.resetMs !== null)
  const usedUp = windows.filter((window) => window.usedUp)
  const resets = (usedUp.length > 0 ? usedUp : windows).map((window) => window.resetMs ?? 0)
  const unifiedMs = positive(headers.get('anthropic-ratelimit-unified-reset'), 1000)
  if (unifiedMs !== null) resets.push(unifiedMs)
  return resets.length === 0 ? null : Math.max(...resets)
}

function positive(value: string | null, unitMs: number): number | null {
  if (value === null || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return null
  return Number(value) * unitMs
}

function instantOf(value: string | null): number | null {
  if (value === null) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}

function until(instantMs: number | null, sentAtMs: number | null): number | null {
  return instantMs === null || sentAtMs === null ? null : Math.max(0, instantMs - sentAtMs)
}
