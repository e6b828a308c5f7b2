interface Part {
  readonly key: string
  readonly dependsOn: readonly string[]
}

interface GraphProblem {
  /** Position of the part, from 0. */
  readonly part: number
  readonly field: 'key' | 'dependsOn'
  readonly message: string
}

/** What keeps parts from being a graph that can be worked off. Pure. */
export function graphProblems(parts: readonly Part[]): GraphProblem[] {
  const problems: GraphProblem[] = []
  const byKey = new Map<string, Part>()
  for (const [index, part] of parts.entries()) {
    if (byKey.has(part.key)) {
      const message = `there are two parts with the key "${part.key}"`
      problems.push({ part: index, field: 'key', message })
    } else byKey.set(part.key, part)
  }
  const known = [...byKey.keys()].join(', ')
  for (const [index, part] of parts.entries()) {
    for (const key of part.dependsOn) {
      if (byKey.has(key)) continue
      const message = `there is no part "${key}"; the parts are ${known}`
      problems.push({ part: index, field: 'dependsOn', message })
    }
  }
  if (problems.length > 0) return problems
  const stuck = withoutOrder(parts)
  if (stuck.length === 0) return []
  const [first] = stuck
  const message = `these parts wait for each other: ${stuck.map(({ key }) => key).join(', ')}`
  return [{ part: parts.findIndex((part) => part.key === first?.key), field: 'dependsOn', message }]
}

/** Parts of circles: those that neither can begin nor only wait for such that cannot. */
function withoutOrder(parts: readonly Part[]): Part[] {
  const peel = (all: readonly Part[], waits: (part: Part, keys: Set<string>) => boolean) => {
    for (let left = all; ; ) {
      const keys = new Set(left.map(({ key }) => key))
      const rest = left.filter((part) => waits(part, keys))
      if (rest.length === left.length) return rest
      left = rest
    }
  }
  const cannotBegin = peel(parts, (part, keys) => part.dependsOn.some((key) => keys.has(key)))
  return peel(cannotBegin, ({ key }, keys) =>
    cannotBegin.some((part) => keys.has(part.key) && part.dependsOn.includes(key)),
  )
}
