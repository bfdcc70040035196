import { expect } from 'chai';
import { stringify } from 'yaml';
import { formatFault } from '../../src/files/fault.ts';
import { readVersion } from '../../src/mapping/file/kept-version.ts';
import type { Mapping } from '../../src/mapping/file/mapping.ts';
import { ejectMapping, ejectPreset } from '../../src/mapping/presets/ejection.ts';
import { expand } from '../../src/mapping/presets/expansion.ts';
import { readPresets } from '../../src/mapping/presets/preset.ts';
import { shippedPresets } from '../../src/mapping/presets/shipped.ts';
import { Evaluation } from '../../src/mapping/record/evaluation.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import { fixture } from '../support/fixtures.ts';
import { context, faultsOf, good, map, read } from './sample.ts';

const hire = 'mapping: hire\nto: zup\npreset: zup-3.1/hire\n';

async function hired(lines: string, given?: string): Promise<unknown> {
  const outcome = await map(hire + lines, given === undefined ? {} : { given });
  if (outcome.outcome !== 'record') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

/** A key without a value says what a missing one says. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (one === null ? undefined : one)));
}

/** The value that keys and numbers lead to. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => Object.getOwnPropertyDescriptor(Object(found), step)?.value, value);
}

describe('a preset', () => {
  it('gives the record, and what else the file does not say', async () => {
    const mapping = await good(`${hire}with: { organisation: ООО Ромашка, snils: =applicant.values.snils }\n`);

    expect(mapping.on).to.deep.equal({
      event: ['APPLICANT'],
      type: ['STATUS'],
      action: ['ADD', 'EDIT'],
      stage: ['hired'],
    });
    expect(mapping.preset).to.equal('zup-3.1/hire');
    const record = await hired('with: { organisation: ООО Ромашка, snils: =applicant.values.snils }\n');
    expect(at(record, 'steps', 0, 'fields')).to.deep.include({
      Фамилия: 'Иванова',
      СтраховойНомерПФР: '112-233-445 95',
      ИНН: null,
    });
    expect(at(record, 'steps', 3, 'fields', 'Организация')).to.deep.equal({
      find: 'Catalog_Организации',
      by: { Description: 'ООО Ромашка' },
    });
    expect(at(record, 'steps', 3, 'fields', 'ДлительностьИспытательногоСрока')).to.equal(null);
  });

  it('warns of a list of stages that lacks one of connector.yaml', async () => {
    const withdrawn = (given: string) => `mapping: m\nto: zup\npreset: zup-3.1/hire-withdrawn\n${given}`;
    const warned = async (given: string, hired: readonly (string | number)[]) =>
      (await read(withdrawn(given), { stageMembers: { hired } })).faults.map((fault) => formatFault(fault, 'en'));
    const list = 'with: { hiredStages: [ Выход на работу, Оффер ] }\n';
    expect(await warned(list, ['выход  на работу'])).to.deep.equal([]);
    expect(await warned(list, ['Принят на работу', 'Оффер'])).to.deep.equal([
      'sample.yaml:4:22 warning: a stage of stages.hired in connector.yaml is not here (Принят на работу): an event at it ' +
        'counts as another stage; add it to hiredStages, or mend stages',
    ]);
    expect((await warned('', ['Принят на работу']))[0]).to.match(/^sample\.yaml:3:9 warning: a stage/);
    expect(await warned('with: { hiredStages: [ "33" ] }\n', [33])).to.deep.equal([]);
    expect(await warned('with: { hiredStages: [ "33" ] }\n', [34])).to.have.length(1);
    // which name bears this id only Huntflow knows
    expect(await warned(list, [33])).to.deep.equal([]);
  });

  it('leaves on, key and once to the file that says them, and asks both conditions', async () => {
    const mapping = await good(
      `${hire}with: { organisation: ООО Ромашка }\non: { event: APPLICANT, type: STATUS, action: ADD, stage: interview }\nkey: =vacancy.id\nonce: =log.id\nwhen: =vacancy.id = 9\n`,
    );
    expect(mapping.on.stage).to.deep.equal(['interview']);
    expect(mapping.program.once).to.deep.equal({ kind: 'formula', source: 'log.id' });
    expect(mapping.program.when).to.deep.equal({
      kind: 'formula',
      source: '($exists(applicant.last_name)) ? (vacancy.id = 9) : false',
    });
  });

  it('takes formulas, conversions, constants and lists for its parameters', async () => {
    const record = await hired(
      `with:
  organisation: '=vacancy.company ? vacancy.company : "АО Лютик"'
  surname: "=$uppercase(applicant.last_name)"
  birthday: { from: =applicant.values.born, default: 01.05.1990 }
  division: { from: =vacancy.account_division.id, default: 7 }
  rate: 0.5
  trial: 3
  position: "'=Бухгалтер"
`,
    );
    expect(at(record, 'steps', 0, 'fields')).to.deep.include({
      ФИО: 'ИВАНОВА Анна Сергеевна',
      ДатаРождения: '1990-05-01',
    });
    expect(at(record, 'steps', 3, 'fields')).to.deep.include({
      КоличествоСтавок: 0.5,
      ДлительностьИспытательногоСрока: 3,
    });
    expect(at(record, 'steps', 3, 'fields', 'Организация', 'by', 'Description')).to.equal('АО Лютик');
    expect(at(record, 'steps', 3, 'fields', 'Подразделение', 'by', 'Description')).to.equal(7);
    expect(at(record, 'steps', 3, 'fields', 'Должность', 'by', 'Description')).to.equal('=Бухгалтер');
  });

  it('leaves the place of a missing patronymic out of the full name', async () => {
    const record = await hired('with: { organisation: ООО Ромашка, patronymic: =applicant.values.nothing }\n');
    expect(at(record, 'steps', 0, 'fields')).to.include({ ФИО: 'Иванова Анна', Отчество: null });
  });

  const mistakes: readonly (readonly [what: string, text: string, ...faults: RegExp[]])[] = [
    [
      'an unknown preset',
      'mapping: m\nto: zup\npreset: zup-3.1/hier\n',
      /^3:9 there is no such preset, did you mean "zup-3\.1\/hire"\?/,
    ],
    ['a preset that is no text', 'mapping: m\nto: zup\npreset: [ a ]\n', /^3:9 /],
    [
      'a missing parameter',
      hire,
      /^3:\d+ the preset zup-3\.1\/hire needs the parameter organisation: The organisation as 1C calls it/,
    ],
    [
      'a missing parameter beside others',
      `${hire}with:\n  snils: =applicant.values.snils\n`,
      /^4:1 the preset .* needs the parameter organisation/,
    ],
    [
      'an unknown parameter',
      `${hire}with: { organisation: О, snisl: =applicant.values.snils }\n`,
      /^4:26 the preset zup-3\.1\/hire has no parameter "snisl", did you mean "snils"\?/,
    ],
    [
      'a parameter of a wrong type',
      `${hire}with: { organisation: 7, rate: much }\n`,
      /^4:23 a text, a formula .* this is a number/,
      /^4:32 a number, a formula/,
    ],
    ['a list for a text', `${hire}with: { organisation: [ О ] }\n`, /^4:23 a text.* this is a list/],
    [
      'a word that is none',
      'mapping: m\nto: zup\npreset: zup-3.1/part-time\nwith: { organisation: О, employment: Основная }\n',
      /^4:38 one of ВнутреннееСовместительство/,
    ],
    [
      'a list that is none',
      'mapping: m\nto: zup\npreset: zup-3.1/hire-withdrawn\nwith: { hiredStages: Выход }\n',
      /^4:22 a list of names/,
    ],
    ['with that is no set', `${hire}with: 7\n`, /^4:7 /],
    [
      'with without a preset',
      'mapping: m\nto: anything\non: { event: OFFER }\nwith: { a: 1 }\nrecord: { a: 1 }\n',
      /^4:1 with fills in the parameters/,
    ],
    [
      'two records',
      `${hire}with: { organisation: О }\nrecord: { steps: [] }\n`,
      /^5:1 the preset gives the record already/,
    ],
    [
      'a faulty formula, where it stands and once',
      `${hire}with: { organisation: О, surname: "=applicant.last_name +" }\n`,
      /^4:5\d .*ends too early/,
    ],
    [
      'a name that is not there, once',
      `${hire}with: { organisation: О, surname: =applicant.lastname }\n`,
      /^4:4\d .*lastname/,
    ],
    [
      'a constant that does not convert, once',
      `${hire}with: { organisation: О, snils: 112-233-445 96 }\n`,
      /^4:33 .*check/i,
    ],
    [
      'a conversion inside of a formula',
      `${hire}with: { organisation: О, surname: { from: =applicant.last_name, max: 9 } }\n`,
      /^4:35 this preset uses the value inside of a formula/,
    ],
    [
      'a target of another adapter',
      'mapping: m\nto: staff-csv\npreset: zup-3.1/hire\nwith: { organisation: О }\n',
      /^3:9 preset zup-3\.1\/hire, "steps": /,
    ],
    [
      'a stage that is not configured',
      `${hire}with: { organisation: О }\non: { event: APPLICANT, type: STATUS, action: ADD, stage: hird }\n`,
      /^5:59 /,
    ],
  ];
  for (const [what, text, ...faults] of mistakes)
    it(`is refused at the place: ${what}`, async () => {
      const found = await faultsOf(text);
      expect(found, found.join('\n')).to.have.length(faults.length);
      for (const [index, fault] of faults.entries()) expect(found[index]).to.match(fault);
    });

  it('belongs to the version of the mapping, and a kept version uses the kept text', async () => {
    const text = `${hire}with: { organisation: ООО Ромашка }\n`;
    const today = await good(text);
    const plain = await good('mapping: m\nto: anything\non: { event: OFFER }\nrecord: { a: 1 }\n');
    const { version } = today;
    expect(plain.version).not.to.include('preset');
    const old = version.replace('ОсновноеМестоРаботы', 'ПрежнееСлово');

    const reading = await readVersion(old, 'hire@old', context);

    expect(reading.faults.map((fault) => formatFault(fault, 'en'))).to.deep.equal([]);
    expect(reading.mapping?.hash).not.to.equal(today.hash);
    expect(reading.mapping?.version).to.equal(old);
    expect(JSON.stringify(reading.mapping?.record)).to.include('ПрежнееСлово');
  });

  it('tells what 1C does not have at the place in the file', async () => {
    const { faultAt } = await good(`${hire}with:\n  organisation: ООО Ромашка\n`);
    const text = { ru: 'нет такой', en: 'there is none' };
    expect(faultAt(['record', 'steps', 3, 'fields', 'Организация', 'by', 'Description'], text)).to.include({
      line: 5,
      column: 17,
    });
    const own = faultAt(['record', 'steps', 3, 'fields', 'ВидЗанятости'], text);
    expect(own).to.include({ line: 3, column: 9 });
    expect(own.text.en).to.equal('preset zup-3.1/hire, "steps[3].fields.ВидЗанятости": there is none');
  });
});

describe('presets as they are shipped', () => {
  it('are these', () => {
    expect([...shippedPresets().keys()]).to.deep.equal([
      'bp-3.0/hire',
      'onec-xml/hire-folder',
      'onec-xml/hire-http',
      'zup-3.1/candidate',
      'zup-3.1/hire',
      'zup-3.1/hire-staff-schedule',
      'zup-3.1/hire-withdrawn',
      'zup-3.1/offer',
      'zup-3.1/offer-draft',
      'zup-3.1/part-time',
      'zup-3.1/rehire',
    ]);
  });

  const given: Readonly<Record<string, string>> = { OFFER: 'facts/22-offer-add', APPLICANT: 'facts/04-status-hired' };

  for (const preset of shippedPresets().values()) {
    const written = (values: Readonly<Record<string, unknown>>): string =>
      stringify({
        mapping: 'm',
        to: preset.adapter === 'onec-xml' ? 'zup-service' : 'zup',
        preset: preset.name,
        with: values,
      });
    const required = Object.fromEntries(
      preset.parameters.filter(({ required: needed }) => needed).map(({ name, example }) => [name, example]),
    );
    const all = Object.fromEntries(
      preset.parameters.filter(({ example }) => example !== undefined).map(({ name, example }) => [name, example]),
    );

    for (const [what, values] of [
      ['what it needs', required],
      ['every example', all],
    ] as const)
      it(`work with ${what}: ${preset.name}`, async () => {
        const mapping: Mapping = await good(written(values));
        const { document, event } = fixture(given[mapping.on.event[0] ?? ''] ?? '');
        const outcome = await new Evaluation(mapping.program).map(viewOf(document, { event }));
        expect(outcome.outcome, JSON.stringify(outcome)).to.be.oneOf(['record', 'skipped']);
      });

    it(`can be written out, as a file and with what a file fills in: ${preset.name}`, async () => {
      const to = preset.adapter === 'onec-xml' ? 'zup-service' : 'zup';
      const plain = await good(ejectPreset(preset).replace(/^to: .*$/m, `to: ${to}`));
      const { mapping } = await read(ejectMapping(`${written(all)}when: =log.id > 0\n`, shippedPresets()) ?? '');
      const used = await good(`${written(all)}when: =log.id > 0\n`);

      expect(plain.record).to.be.an('object');
      expect(mapping?.preset).to.equal(undefined);
      const outcomes = await Promise.all(
        [mapping ?? used, used].map(({ program, on }) => {
          const { document, event } = fixture(given[on.event[0] ?? ''] ?? '');
          return new Evaluation(program).map(viewOf(document, { event }));
        }),
      );
      expect(withoutNulls(outcomes[0])).to.deep.equal(withoutNulls(outcomes[1]));
    });

    it(`describe themselves and their parameters in both languages: ${preset.name}`, () => {
      for (const { ru, en } of [preset.title, preset.about, ...preset.parameters.map(({ about }) => about)]) {
        expect(ru).to.match(/[а-яё]|ИНН|СНИЛС/i);
        expect(en).to.match(/^[A-Z]|СНИЛС/);
      }
    });

    it(`use every parameter, and no other: ${preset.name}`, () => {
      const text = JSON.stringify(preset.content);
      const used = new Set([
        ...[...text.matchAll(/\$with\.([A-Za-z]+)/g)].map(([, name]) => name),
        ...[...text.matchAll(/"if":"(\w+)"/g)].map(([, name]) => name),
      ]);
      expect(used).to.deep.equal(new Set(preset.parameters.map(({ name }) => name)));
    });
  }
});

describe('the parts of presets', () => {
  const texts = new Map([
    ['x/parts/step', 'parameters: { b: { ru: б, en: b } }\nvalue: { upsert: A, fields: { p: 1, q: =$with.b } }\n'],
    [
      'x/one',
      'title: { ru: а, en: a }\nabout: { ru: а, en: a }\nadapter: rest\nparameters: { f: { type: flag, ru: ' +
        'ф, en: f } }\nrecord: { list: [ { part: x/parts/step, fields: { p: null, r: 2 } }, { part: ' +
        'x/parts/step, if: f } ] }\n',
    ],
  ]);

  it('are laid over key by key, taken out by null, and stand only where their flag is set', () => {
    const preset = readPresets(texts).get('x/one');
    if (preset === undefined) throw new Error('x/one');
    expect(preset.parameters.map(({ name }) => name)).to.deep.equal(['f', 'b']);
    expect(expand(preset, new Map<string, unknown>([['b', 5]])).content).to.deep.equal({
      record: { list: [{ upsert: 'A', fields: { q: 5, r: 2 } }] },
    });
    expect(expand(preset, new Map<string, unknown>([['f', true]])).content).to.deep.equal({
      record: {
        list: [
          { upsert: 'A', fields: { q: null, r: 2 } },
          { upsert: 'A', fields: { p: 1, q: null } },
        ],
      },
    });
  });
});
