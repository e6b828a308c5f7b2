import type { CommandId } from '../../../../shared/model/command-id.js'
import { type Place, parseHash } from '../../../../shared/model/place.js'
import type { WindowRequest } from '../../../../shared/rpc/bridge.js'
import { useConnection } from '../../stores/connection.js'
import { commandOf } from '../commands/all-commands.js'
import { commandFor, currentShortcuts, strokesOf } from '../commands/bindings.js'
import type { Command } from '../commands/command.js'
import type { Host } from '../host.js'
import { showPlace } from './show-place.js'

/**
 * Does what menus, tray, links and notifications ask of this window. In a browser, the address of the page leads to
 * the same places.
 */
export function followRequests(host: Host): void {
  window.smartAgents?.onRequest?.((request) => obey(host, request))
  window.addEventListener('hashchange', () => followHash(host))
  followHash(host)
}

function obey(host: Host, request: WindowRequest): void {
  if (request.kind === 'place') {
    lead(host, request.place)
    return
  }
  ableFor(request.command)?.run(host)
}

/** The command itself, or the one that its keys mean where the person is: each area has a search of its own. */
function ableFor(id: CommandId): Command | undefined {
  const command = commandOf(id)
  if (command.enabled?.() ?? true) return command
  const shortcuts = currentShortcuts()
  const others = strokesOf(command, shortcuts).map((stroke) => commandFor(stroke, shortcuts))
  return others.find((other) => other !== undefined)
}

/** Taken out of the address, so that a reload leads nowhere and the same link works twice. */
function followHash(host: Host): void {
  const { hash, pathname, search } = location
  if (!hash.startsWith('#/')) return
  history.replaceState(null, '', pathname + search)
  lead(host, parseHash(hash))
}

/** What there is cannot be known before the host has told. */
function lead(host: Host, place: Place | null): void {
  if (useConnection.getState().phase.name === 'ready') {
    void showPlace(host, place)
    return
  }
  const stop = useConnection.subscribe(({ phase }) => {
    if (phase.name !== 'ready') return
    stop()
    void showPlace(host, place)
  })
}
