import { isPlainObject } from '../../src/toolkit.ts';

/** How far a letter got: who has it, and whom the server refuses for good. */
interface Standing {
  readonly have: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
}

/** @param progress what {@link progressOf} made for an earlier attempt, or anything else. */
export function standingOf(addresses: readonly string[], progress: unknown): Standing {
  const { have, refused } = isPlainObject(progress) ? progress : {};
  return { have: at(addresses, have), refused: at(addresses, refused) };
}

/** Places in the letter and no addresses. */
export function progressOf(addresses: readonly string[], { have, refused }: Standing) {
  const places = (of: ReadonlySet<string>) => addresses.flatMap((address, place) => (of.has(address) ? [place] : []));
  return { have: places(have), refused: places(refused) };
}

/** After a server took a letter for those it did not refuse; a reply of 4yz is for now, one of 5yz for good. */
export function after(standing: Standing, tried: readonly string[], replies: ReadonlyMap<string, number>): Standing {
  return {
    have: new Set([...standing.have, ...tried.filter((address) => !replies.has(address))]),
    refused: new Set([...standing.refused, ...tried.filter((address) => (replies.get(address) ?? 0) >= 500)]),
  };
}

function at(addresses: readonly string[], places: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(places) ? addresses.filter((_address, place) => places.includes(place)) : []);
}
