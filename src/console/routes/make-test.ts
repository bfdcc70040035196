import { object, string } from 'yup';
import { stagesOf } from '../../config/config.ts';
import { expectedOf, noTest, testName, withoutPersons } from '../../shown/captured.ts';
import { rowId } from '../../shown/row-id.ts';
import { oneOf, shape, text } from '../../shown/shape.ts';
import { join } from '../../text.ts';
import { badField, conflict, notFound } from '../api/api-error.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';
import { withTest } from '../workbench/add-test.ts';
import { longestMapping, mappingOrDraft, sourceOf, unknownMapping } from '../workbench/read-draft.ts';
import type { WorkbenchParts } from './workbench.ts';

/** A kept event becomes a test of the mapping, with invented persons in the place of real ones. */
export function makeTestRoutes(parts: ConsoleParts, { engine }: Pick<WorkbenchParts, 'engine'>): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/mappings/:name/test',
      role: 'author',
      summary: {
        ru: 'Текст маппинга с ещё одним тестом из события; люди в нём придуманы',
        en: 'The text of a mapping with one more test, made of an event; its people are invented',
      },
      body: object({ event: rowId().required(), text: string().max(longestMapping) }).noUnknown(),
      answer: shape({ text: text(), expects: oneOf(['record', 'skipped']) }),
      act: async ({ params, body, language }) => {
        const name = params['name'] ?? '';
        const event = await parts.inbox.find(body.event);
        if (event === undefined)
          throw notFound({ ru: `события ${body.event} нет`, en: `there is no event ${body.event}` });
        const written = body.text ?? (await sourceOf(parts, name))?.text;
        if (written === undefined) throw unknownMapping(name);
        const { mapping, faults } = await mappingOrDraft(parts, name, written);
        const wrong = faults.find(({ level }) => level === 'error');
        if (mapping === undefined)
          throw badField('text', wrong?.text ?? { ru: 'это не маппинг', en: 'this is no mapping' });
        const captured = withoutPersons(event);
        if ('failure' in captured) throw conflict(captured.failure);
        const record = parts.targets.find((target) => target.name === mapping.to)?.record;
        const stages = stagesOf(parts.config, event.source);
        const expected = await expectedOf(captured, { mapping, stages, engine, record });
        if ('failure' in expected) throw conflict(join([noTest, expected.failure], '\n'));
        const test = { name: testName(captured)[language], given: captured.body, expect: expected.expect };
        const grown = withTest(written, test);
        if (grown === undefined)
          throw badField('text', {
            ru: 'тест некуда дописать: файл целиком стоит в фигурных скобках',
            en: 'there is no line to write the test on: the whole file stands between braces',
          });
        return {
          text: grown,
          expects: expected.expect === 'skipped' ? ('skipped' as const) : ('record' as const),
        };
      },
    }),
  ];
}
