import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { chatRecord } from '../../adapters/chat/record.ts';
import { mailRecord } from '../../adapters/mail/record.ts';
import { formatFault } from '../../src/files/fault.ts';
import { readBody } from '../../src/huntflow/body.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { loadMappings } from '../../src/mapping/file/folder.ts';
import { runTests } from '../../src/mapping/test-run.ts';
import { MappingEngine } from '../../src/mapping/thread/engine.ts';
import { context } from './sample.ts';

const stages = { manager: ['Решение руководителя'], accepted: ['Оффер принят'], hired: ['Выход на работу'] };
const targets = new Map([
  ['chat', { record: chatRecord }],
  ['mail', { record: mailRecord }],
]);

describe('shipped mappings to chats and mail', () => {
  const engine = new MappingEngine();

  after(() => engine.close());

  for (const language of ['ru', 'en']) {
    const folder = `mappings/examples/chats/${language}`;
    const load = () => loadMappings(folder, folder, { ...context, targets, stages: new Set(Object.keys(stages)) });

    it(`have no fault and pass their own tests (${language})`, async () => {
      const { mappings, faults } = await load();
      expect(faults.map((fault) => formatFault(fault, 'en'))).to.deep.equal([]);
      expect(mappings.length).to.equal(9);
      for (const mapping of mappings) {
        const record = targets.get(mapping.to)?.record;
        if (record === undefined) throw new Error(`${mapping.name} has a target`);
        const results = await runTests(mapping, { engine, stages, record });
        expect(results.flatMap(({ fault }) => (fault === undefined ? [] : [formatFault(fault, 'en')]))).to.deep.equal(
          [],
        );
      }
    });

    it(`invite to an interview as calendars read it (${language})`, async () => {
      const { mappings } = await load();
      const mapping = mappings.find(({ name }) => name === 'interview-by-mail');
      if (mapping === undefined) throw new Error('the mapping is there');
      const read = readBody(readFileSync('mappings/examples/chats/fixtures/interview-moved.json'));
      if (!read.ok) throw new Error(read.text.en);
      const outcome = await engine.map(mapping, viewOf(read.body, {}));
      if (outcome.outcome !== 'record') throw new Error(outcome.outcome);
      const letter = mailRecord.cast(outcome.record);
      const [invitation] = letter.attachments ?? [];
      expect(invitation?.type).to.equal('text/calendar; method=REQUEST');
      const lines = invitation?.content?.split('\r\n') ?? [];
      expect(lines).to.include.members([
        'BEGIN:VCALENDAR',
        'METHOD:REQUEST',
        'UID:77@huntflow.example',
        'SEQUENCE:354',
        'DTSTART:20261202T080000Z',
        'DTEND:20261202T090000Z',
        'LOCATION:Переговорная 3',
        'END:VCALENDAR',
      ]);
    });
  }

  it('are the same files in both languages', () => {
    expect(readdirSync('mappings/examples/chats/en')).to.deep.equal(readdirSync('mappings/examples/chats/ru'));
  });
});
