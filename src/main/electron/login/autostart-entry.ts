/** How the app is to be started at login. */
export interface LoginCommand {
  /** Absolute path. */
  readonly program: string
  readonly args: readonly string[]
}

/**
 * The text of an XDG autostart entry.
 *
 * @throws where a part of the command cannot be written into one
 */
export function autostartEntry(name: string, { program, args }: LoginCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${[program, ...args].map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * An argument by the rules of the Desktop Entry Specification: quoted for the command line, that escaped once more as a
 * string value, and `%` doubled since it begins a field code.
 */
function quoted(part: string): string {
  if (/\p{Cc}/u.test(part)) throw new Error(`${JSON.stringify(part)} cannot be started at login`)
  const inQuotes = part.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`
}
