import { type KnownTarget, seenState, untroubled } from './target-state.ts';

/** Names of targets to which not everything goes out just now. */
export interface AtRest {
  readonly resting: readonly string[];
  readonly held: readonly string[];
  readonly paused: readonly string[];
  /** Those that hold some of their addressees. */
  readonly holding: readonly string[];
}

export function atRest(names: readonly string[], known: ReadonlyMap<string, KnownTarget>, now: number): AtRest {
  const seen = names.map((name) => ({ name, ...seenState(known.get(name) ?? untroubled, now) }));
  const those = (state: string) => seen.filter((each) => each.state === state).map(({ name }) => name);
  return {
    resting: those('resting'),
    held: those('held'),
    paused: those('paused'),
    holding: seen.filter(({ holds }) => holds.length > 0).map(({ name }) => name),
  };
}
