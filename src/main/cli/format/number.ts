/** `12,400`, or `1.50` with two digits. */
export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

/** US dollars; a little is never shown as nothing. Null where the price of a model is not known. */
export function formatCost(costUsd: number | null): string {
  if (costUsd === null) return 'unknown'
  return costUsd > 0 && costUsd < 0.01 ? '<$0.01' : `$${formatNumber(costUsd, 2)}`
}
