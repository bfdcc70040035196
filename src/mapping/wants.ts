import { valueAt } from '../huntflow/json.ts';
import type { Json } from '../huntflow/json.ts';
import type { HuntflowView } from '../huntflow/view.ts';
import { eventTypeName } from '../huntflow/event-type.ts';

/** Stage ids and names by alias (`stages` of connector.yaml, a source's own put over them). */
export type Stages = Readonly<Record<string, readonly (string | number)[]>>;

/** `on` of a mapping; an empty list leaves the matter open. */
export interface Selection {
  readonly event: readonly string[];
  readonly type: readonly string[];
  readonly action: readonly string[];
  /** Aliases and ids. */
  readonly stage: readonly (string | number)[];
}

/** Whether the mapping's `on` names this event. Nothing is implied: who wants hires alone has to say STATUS and ADD too. */
export function wants(mapping: { readonly on: Selection }, view: HuntflowView, stages: Stages): boolean {
  const { event, type, action, stage } = mapping.on;
  return event.some((name) => eventTypeName(name) === view.event.event)
    && (type.length === 0 || type.some((name) => name === view.event.type))
    && (action.length === 0 || action.some((name) => name === view.event.action))
    && (stage.length === 0 || stage.some((each) => isStage(view, each, stages)));
}

function isStage(view: HuntflowView, wanted: string | number, stages: Stages): boolean {
  const id = valueAt(view.stage, 'id');
  const name = valueAt(view.stage, 'name');
  const aliased = typeof wanted === 'string' && Object.hasOwn(stages, wanted) ? stages[wanted] : undefined;
  if (aliased === undefined) return sameId(wanted, id);
  return aliased.some((each) => sameId(each, id) || (typeof each === 'string' && typeof name === 'string' && spelled(each) === spelled(name)));
}

/** An id may have come from the environment, and so as text. */
function sameId(wanted: string | number, id: Json | undefined): boolean {
  return (typeof id === 'number' || typeof id === 'string') && String(wanted).trim() === String(id).trim();
}

/** й and ё may arrive as one character or two. */
function spelled(name: string): string {
  return name.normalize('NFC').trim();
}
