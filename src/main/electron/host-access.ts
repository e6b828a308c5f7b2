/** A window's side of a connection to a host; not called before `open` has returned. */
export interface HostPeer {
  send(text: string): void
  /** Called at most once, and not after `close`; nothing is sent afterwards. */
  closed(reason: string): void
}

/** A host's side of a connection to a window. */
export interface HostLink {
  receive(text: string): void
  close(): void
}

/** Where windows find a host: in this process, or in the one that owns the data directory. */
export interface HostAccess {
  /** Returns at once; what is received before the host is there waits for it. */
  open(peer: HostPeer): HostLink
}
