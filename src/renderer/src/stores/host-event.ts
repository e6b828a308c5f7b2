import type { EventName, EventParamsOf } from '../../../shared/rpc/contract.js'

/** One notification of the host, as the projections take it. */
export type HostEvent = {
  [E in EventName]: { readonly name: E; readonly params: EventParamsOf<E> }
}[EventName]

export type HostEventOf<E extends EventName> = Extract<HostEvent, { readonly name: E }>
