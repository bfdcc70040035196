import { number, object, string } from 'yup';
import { stagesOf } from '../../config/config.ts';
import { readEvent } from '../../mapping/event-view.ts';
import { recordProblems } from '../../mapping/file/record-check.ts';
import { fieldPath } from '../../mapping/record/field-path.ts';
import type { Drafts } from '../../mapping/store/drafts.ts';
import type { MappingEngine } from '../../mapping/thread/engine.ts';
import { explainMapping, mappedSchema, shownMapped } from '../../shown/mapped.ts';
import { faultSchema, shownFault } from '../../shown/mapping.ts';
import { rowId } from '../../shown/row-id.ts';
import { listOf, page, shape, text, textOrNull } from '../../shown/shape.ts';
import { actorOf } from '../api/actor.ts';
import { badField, conflict, notFound } from '../api/api-error.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';
import { comparisonSchema, compareOver } from '../workbench/compare.ts';
import { mappingEvents, mappingEventSchema } from '../workbench/mapping-events.ts';
import { dictionariesOf, longestMapping, mappingOrDraft, unknownMapping } from '../workbench/read-draft.ts';
import { TargetDescriptions, targetFieldsSchema } from '../workbench/target-fields.ts';
import { viewValues } from '../workbench/view-values.ts';
import { writeMapping } from '../workbench/write-mapping.ts';

const usualEvents = 500;
const mostEvents = 5000;
const mostKeys = 1000;

const draftText = () => string().max(longestMapping);

export interface WorkbenchParts {
  /** A thread of its own: whoever tries a formula that never ends holds no event up. */
  readonly engine: MappingEngine;
  readonly drafts: Drafts;
}

/** Trying out a mapping on kept events before anything is taken into use. */
export function workbenchRoutes(parts: ConsoleParts, { engine, drafts }: WorkbenchParts): Endpoint[] {
  const { inbox, config, targets, audit } = parts;
  const descriptions = new TargetDescriptions(parts);
  return [
    endpoint({
      method: 'post',
      path: '/mappings/:name/preview',
      role: 'author',
      summary: { ru: 'Что маппинг делает из события', en: 'What a mapping makes of an event' },
      body: object({ event: rowId().required(), text: draftText() }).noUnknown(),
      answer: shape({
        /** Of the text, with line and column; a mapping with errors makes nothing. */
        faults: listOf(faultSchema),
        mapped: mappedSchema.nullable(),
        /** Why it failed, or what the target would not take. */
        problems: listOf(shape({ field: textOrNull(), text: text() })),
      }),
      act: async ({ params, body, language }) => {
        const event = await inbox.find(body.event);
        if (event === undefined)
          throw notFound({ ru: `события ${body.event} нет`, en: `there is no event ${body.event}` });
        const { mapping, faults } = await mappingOrDraft(parts, params['name'] ?? '', body.text);
        const shownFaults = faults.map((fault) => shownFault(fault, language));
        if (mapping === undefined) return { faults: shownFaults, mapped: null, problems: [] };
        const read = await readEvent(event);
        if ('unreadable' in read) throw conflict(read.unreadable);
        const mapped = await explainMapping(engine, mapping, read.view, stagesOf(config, event.source));
        const { outcome } = mapped;
        const schema = targets.find(({ name }) => name === mapping.to)?.record;
        const problems =
          outcome.outcome === 'record' && schema !== undefined ? recordProblems(schema, outcome.record) : [];
        return {
          faults: shownFaults,
          mapped: shownMapped(mapped, language),
          problems: [
            ...(outcome.outcome === 'failed' ? [{ field: null, text: outcome.text[language] }] : []),
            ...problems.map((problem) => ({ field: fieldPath(problem.path), text: problem.text[language] })),
          ],
        };
      },
    }),
    endpoint({
      method: 'post',
      path: '/mappings/:name/diff',
      role: 'author',
      summary: { ru: 'Что изменит правка на последних событиях', en: 'What a change would do to the last events' },
      body: object({
        text: draftText(),
        events: number().integer().min(1).max(mostEvents).default(usualEvents),
      }).noUnknown(),
      answer: comparisonSchema,
      act: async ({ params, body, caller, language, signal }) => {
        const name = params['name'] ?? '';
        const draft = body.text ?? (await drafts.find(name, caller.name))?.text;
        const { mapping, faults } = await mappingOrDraft(parts, name, draft);
        const wrong = faults.find(({ level }) => level === 'error');
        if (mapping === undefined)
          throw badField(
            wrong === undefined ? 'text' : `text:${wrong.line}:${wrong.column}`,
            wrong?.text ?? { ru: 'это не маппинг', en: 'this is no mapping' },
          );
        const before = parts.mappings.current.find((each) => each.name === mapping.name);
        return compareOver(parts, { before, after: mapping, engine, most: body.events, language, signal });
      },
    }),
    endpoint({
      method: 'post',
      path: '/mappings/:name/completion',
      role: 'author',
      summary: {
        ru: 'Чем дополнить: имена, справочники, поля цели',
        en: 'What to complete with: names, dictionaries, fields',
      },
      body: object({ event: number().integer().min(1), text: draftText() }).noUnknown(),
      answer: shape({
        /** What formulas may name, with what it is for the event, masked. */
        names: listOf(shape({ name: text(), value: textOrNull() })),
        /** With the first thousand keys. */
        dictionaries: listOf(shape({ name: text(), keys: listOf(text()) })),
        target: targetFieldsSchema.nullable(),
      }),
      act: async ({ params, body, language }) => {
        const event = body.event === undefined ? undefined : await inbox.find(body.event);
        const read = event === undefined ? undefined : await readEvent(event);
        const { mapping } = await mappingOrDraft(parts, params['name'] ?? '', body.text);
        const last = mapping ?? parts.mappings.current.find(({ name }) => name === params['name']);
        return {
          names: read !== undefined && 'view' in read ? viewValues(read.view) : [],
          dictionaries: [...(await dictionariesOf(parts)).entries].map(([name, entries]) => ({
            name,
            keys: [...entries.keys()].slice(0, mostKeys),
          })),
          target: last === undefined ? null : await descriptions.fields(last, language),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/mappings/:name/events',
      role: 'author',
      summary: { ru: 'События, на которых маппинг пробуют', en: 'Events on which a mapping is tried' },
      answer: page(mappingEventSchema),
      act: async ({ params }) => {
        const name = params['name'] ?? '';
        const { current, refused } = parts.mappings;
        if (![...current, ...refused].some((each) => each.name === name)) throw unknownMapping(name);
        return { items: await mappingEvents(parts, name), next: null };
      },
    }),
    endpoint({
      method: 'post',
      path: '/mappings/:name/write',
      role: 'author',
      summary: { ru: 'Записать файл маппинга', en: 'Write the file of a mapping' },
      body: object({
        text: draftText().required(),
        /** What the file was when the work on it began; null: there was none. */
        base: string().max(64).nullable().default(null),
      }).noUnknown(),
      answer: shape({ file: text() }),
      act: async ({ params, body, caller }) => {
        const name = params['name'] ?? '';
        const file = await writeMapping(parts, name, body.text, body.base);
        await audit.add(actorOf(audit, caller), { action: 'mapping written', on: [`mapping/${name}`] });
        await drafts.drop(name, caller.name);
        return { file };
      },
    }),
  ];
}
