/** The highest of figures some of which were not measured (null or absent); null where none was. */
export function highest(...values: readonly (number | null | undefined)[]): number | null {
  let most: number | null = null
  for (const value of values) {
    if (value !== null && value !== undefined && (most === null || value > most)) most = value
  }
  return most
}
