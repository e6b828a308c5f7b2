type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The values without those that are undefined: what is left out is for the host to choose. */
export function given<T extends object>(values: T): Given<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}
