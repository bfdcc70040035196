import { textAt, valueAt } from '../../huntflow/json.ts';
import { eventTypeName } from '../../huntflow/event-type.ts';
import { isStage, sameStageId } from '../../huntflow/stage.ts';
import type { HuntflowView } from '../../huntflow/view.ts';

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

/** One key of `on` against one event. */
export interface Condition {
  readonly name: keyof Selection;
  readonly wanted: readonly (string | number)[];
  /** What the event has; a stage by id and name. */
  readonly actual: string | undefined;
  readonly holds: boolean;
}

/**
 * Whether the mapping's `on` names this event. Nothing is implied: who wants hires alone has to say STATUS and ADD too.
 */
export function wants(mapping: { readonly on: Selection }, view: HuntflowView, stages: Stages): boolean {
  return conditions(mapping, view, stages).every(({ holds }) => holds);
}

/** The keys of `on` that the mapping has. */
export function conditions({ on }: { readonly on: Selection }, view: HuntflowView, stages: Stages): Condition[] {
  const { event, type, action } = view.event;
  const all: readonly Condition[] = [
    { name: 'event', wanted: on.event, actual: event, holds: on.event.some((name) => eventTypeName(name) === event) },
    { name: 'type', wanted: on.type, actual: type, holds: on.type.some((name) => name === type) },
    { name: 'action', wanted: on.action, actual: action, holds: on.action.some((name) => name === action) },
    {
      name: 'stage',
      wanted: on.stage,
      actual: stageText(view),
      holds: on.stage.some((stage) => isWantedStage(view, stage, stages)),
    },
  ];
  return all.filter(({ name, wanted }) => name === 'event' || wanted.length > 0);
}

function stageText({ stage }: HuntflowView): string | undefined {
  return stage && [textAt(stage, 'id'), textAt(stage, 'name')].filter((part) => part !== undefined).join(' ');
}

function isWantedStage(view: HuntflowView, wanted: string | number, stages: Stages): boolean {
  const id = valueAt(view.stage, 'id');
  const name = valueAt(view.stage, 'name');
  const aliased = typeof wanted === 'string' && Object.hasOwn(stages, wanted) ? stages[wanted] : undefined;
  return aliased === undefined ? sameStageId(wanted, id) : aliased.some((member) => isStage(member, id, name));
}
