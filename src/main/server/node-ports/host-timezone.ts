/** The time zone that the host is set to, as an IANA name; UTC where it cannot be told. */
export function hostTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    // A `TZ` that means nothing to Intl gives a name that it does not take back.
    return 'UTC'
  }
}
