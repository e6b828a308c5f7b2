/** The output in a stored result, as text: one that is no text as indented JSON, one that cannot be read as it lies there. */
export function outputText(result: string | null): string {
  if (result === null) return ''
  try {
    const { output } = JSON.parse(result) as { readonly output?: unknown }
    if (typeof output === 'string') return output
    if (isRun(output)) return output.stdout
    return JSON.stringify(output, null, 2) ?? ''
  } catch {
    return result
  }
}

/** What a command leaves behind; its lines are what is compared and read. */
function isRun(output: unknown): output is { readonly stdout: string } {
  return (
    typeof output === 'object' &&
    output !== null &&
    'stdout' in output &&
    typeof output.stdout === 'string'
  )
}
