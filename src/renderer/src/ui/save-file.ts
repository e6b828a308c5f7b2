/** Long enough for the browser to take over what it saves. */
const TAKEN_OVER_MS = 60_000

/** Hands a file to the browser, which puts it where the person wants it. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_OVER_MS)
}
