import type { InferType } from 'yup';
import type { Fault } from '../files/fault.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import type { RefusedMapping } from '../mapping/mappings.ts';
import type { MappingGap } from '../mapping/store/mapping-versions.ts';
import type { Language } from '../text.ts';
import { count, flag, id, listOf, oneOf, shape, text, textOrNull } from './shape.ts';

export const faultSchema = shape({
  file: text(),
  line: count(),
  column: count(),
  level: oneOf(['error', 'warning']),
  text: text(),
});

/** A mapping file: what of it is in use, and what is wrong with it. */
export const mappingSchema = shape({
  /** Null: the file cannot even be read so far. */
  name: textOrNull(),
  title: textOrNull(),
  file: text(),
  /** Of the version in use; null: none works. */
  hash: textOrNull(),
  target: textOrNull(),
  preset: textOrNull(),
  on: shape({ event: listOf(text()), type: listOf(text()), action: listOf(text()), stage: listOf(text()) }).nullable(),
  tests: count(),
  /** The file as it stands is not in use. */
  refused: flag(),
  faults: listOf(faultSchema),
  /** Events that passed by while no version of it worked. */
  missed: shape({ events: count(), first: id(), last: id(), command: text() }).nullable(),
});
type ShownMapping = InferType<typeof mappingSchema>;

export interface MappingsSeen {
  readonly current: readonly Mapping[];
  readonly refused: readonly RefusedMapping[];
  readonly faults: readonly Fault[];
  readonly gaps: readonly MappingGap[];
}

/** By file name. */
export function shownMappings({ current, refused, faults, gaps }: MappingsSeen, language: Language): ShownMapping[] {
  const good = current
    .filter((mapping) => !refused.some(({ instead }) => instead === mapping))
    .map((mapping) => ({
      ...inUse(mapping, gaps),
      refused: false,
      faults: faults
        .filter(({ file }) => file.endsWith(baseName(mapping.file)))
        .map((fault) => shownFault(fault, language)),
    }));
  const bad = refused.map((each) => ({
    ...(each.instead === undefined ? unused(each, gaps) : inUse(each.instead, gaps)),
    refused: true,
    faults: each.faults.map((fault) => shownFault(fault, language)),
  }));
  return [...good, ...bad].toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

export function shownFault(fault: Fault, language: Language): InferType<typeof faultSchema> {
  return {
    file: fault.file,
    line: fault.line,
    column: fault.column,
    level: fault.level,
    text: (fault.brief ?? fault.text)[language],
  };
}

function inUse(mapping: Mapping, gaps: readonly MappingGap[]) {
  return {
    name: mapping.name,
    title: mapping.title ?? null,
    file: baseName(mapping.file),
    hash: mapping.hash,
    target: mapping.to,
    preset: mapping.preset ?? null,
    on: {
      event: [...mapping.on.event],
      type: [...mapping.on.type],
      action: [...mapping.on.action],
      stage: mapping.on.stage.map(String),
    },
    tests: mapping.tests.length,
    missed: missedOf(mapping.name, gaps),
  };
}

function unused({ file, name, untested }: RefusedMapping, gaps: readonly MappingGap[]) {
  return {
    name: name ?? null,
    title: untested?.title ?? null,
    file: baseName(file),
    hash: null,
    target: untested?.to ?? null,
    preset: untested?.preset ?? null,
    on: null,
    tests: untested?.tests.length ?? 0,
    missed: missedOf(name, gaps),
  };
}

function missedOf(name: string | undefined, gaps: readonly MappingGap[]): ShownMapping['missed'] {
  const gap = gaps.find(({ mapping }) => mapping === name);
  return gap === undefined
    ? null
    : {
        events: gap.events,
        first: gap.firstEvent,
        last: gap.lastEvent,
        command: `huntflow-connector replay --missed ${gap.mapping}`,
      };
}

function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}
