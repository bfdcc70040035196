import { expect } from 'chai';
import { sameValue, silentChanges } from '../../../adapters/onec/difference.ts';
import { markerOf, withMarker } from '../../../adapters/onec/marker.ts';
import { objectKey } from '../../../adapters/onec/object-key.ts';
import { predicateOf } from '../../../adapters/onec/predicate.ts';
import { mergedSection } from '../../../adapters/onec/sections.ts';
import { checkedValue, type Scalar } from '../../../adapters/onec/wire-value.ts';

function taken(type: string, value: Scalar): Scalar {
  const checked = checkedValue({ type, maxLength: 5 }, value);
  return 'value' in checked ? checked.value : 'refused';
}

describe('values on the way to 1C', () => {
  for (const [type, value, expected] of [
    ['Edm.String', 'пять!', 'пять!'],
    ['Edm.String', 'шесть!', 'refused'],
    ['Edm.String', 17, '17'],
    ['Edm.String', '\ud800', 'refused'],
    ['Edm.Boolean', true, true],
    ['Edm.Boolean', 'true', 'refused'],
    ['Edm.Boolean', 0, 'refused'],
    ['Edm.Guid', '41AA6331-954F-11E3-814B-005056C00008', '41aa6331-954f-11e3-814b-005056c00008'],
    ['Edm.Guid', '41aa6331', 'refused'],
    ['Edm.Guid', 5, 'refused'],
    ['Edm.DateTime', '2026-12-01', '2026-12-01T00:00:00'],
    ['Edm.DateTime', '2026-12-01T09:30:00', '2026-12-01T09:30:00'],
    ['Edm.DateTime', '0001-01-01T00:00:00', '0001-01-01T00:00:00'],
    ['Edm.DateTime', '2026-02-29', 'refused'],
    ['Edm.DateTime', '2026-12-01T09:30:00+03:00', 'refused'],
    ['Edm.DateTime', '01.12.2026', 'refused'],
    ['Edm.DateTime', '2026-12-01T25:00:00', 'refused'],
    ['Edm.Int64', '9007199254740993', '9007199254740993'],
    ['Edm.Int64', 5, '5'],
    ['Edm.Int64', 5.5, 'refused'],
    ['Edm.Int16', 32767, 32767],
    ['Edm.Int16', 32768, 'refused'],
    ['Edm.Int32', '12', 12],
    ['Edm.Int32', '', 'refused'],
    ['Edm.Int32', true, 'refused'],
    ['Edm.Double', '0.25', 0.25],
    ['Edm.Double', 'много', 'refused'],
    ['Edm.Double', Infinity, 'refused'],
  ] as const) {
    it(`${type} ${expected === 'refused' ? 'refuses' : 'takes'} ${JSON.stringify(value)}`, () => {
      expect(taken(type, value)).to.equal(expected);
    });
  }
});

describe('the comparison with what 1C returns', () => {
  for (const [type, ours, theirs, same] of [
    ['Edm.String', 'А', 'А   ', true],
    ['Edm.String', '', null, true],
    ['Edm.String', 'А', 'а', false],
    ['Edm.String', 'а\nб', 'а\r\nб', true],
    ['Edm.Guid', 'AA', 'aa', true],
    ['Edm.Guid', '', '00000000-0000-0000-0000-000000000000', true],
    ['Edm.DateTime', '', '0001-01-01T00:00:00', true],
    ['Edm.Int64', '12345678901234567', '12345678901234568', false],
    ['Edm.Int64', 5, '5', true],
    ['Edm.Double', 1, '1.0', true],
    ['Edm.Double', 0, undefined, true],
    ['Edm.Boolean', false, 'false', true],
    ['Edm.Boolean', true, 'true', true],
    ['Edm.Boolean', true, false, false],
  ] as const) {
    it(`holds ${type} ${JSON.stringify(ours)} and ${JSON.stringify(theirs) ?? 'nothing'} for ${same ? 'the same' : 'different'}`, () => {
      expect(sameValue(type, ours, theirs)).to.equal(same);
    });
  }

  it('names what was dropped, cut and changed, also in rows, and no value', () => {
    const fields = {
      А: { type: 'Edm.String' },
      Б: { type: 'Edm.String' },
      В: { type: 'Edm.Double' },
      Г: { type: 'Edm.String' },
    };
    const sections = { С: { Т: { type: 'Edm.String' } } };

    const changes = silentChanges(
      'X',
      fields,
      sections,
      { А: 'длинное', Б: 'тайна', В: 5, Г: 'как есть', С: [{ LineNumber: '1', Т: 'тайна' }] },
      { А: 'длин', Б: '', В: 6, Г: 'как есть', С: [{ LineNumber: '1', Т: '' }] },
    );

    expect(changes.map(({ en }) => en)).to.deep.equal([
      '1C cut X.А: 7 characters sent, 4 kept',
      '1C dropped X.Б',
      '1C changed X.В',
      '1C dropped X.С[1].Т',
    ]);
    expect(
      silentChanges('X', fields, sections, { С: [{ LineNumber: '1', Т: 'а' }] }, {}).map(({ en }) => en),
    ).to.deep.equal(['X.С: 1 rows sent, 1C has 0']);
  });
});

describe('the key that we give', () => {
  const entity = { kind: 'applicant', id: 17, set: 'Catalog_ФизическиеЛица' };

  it('is the same for ever', () => {
    expect(objectKey('hunt.example/1', entity)).to.equal('ba124dd0-4bf1-5cff-a867-58257ad467b5');
    expect(objectKey('hunt.example/1', { ...entity, id: '17' })).to.equal('ba124dd0-4bf1-5cff-a867-58257ad467b5');
  });

  it('differs by scope, kind, id, role and set', () => {
    const keys = [
      objectKey('a', entity),
      objectKey('b', entity),
      ...[{ kind: 'log' }, { id: 18 }, { role: 'x' }, { set: 'Catalog_Сотрудники' }].map((change) =>
        objectKey('a', { ...entity, ...change }),
      ),
    ];

    expect(new Set(keys).size).to.equal(keys.length);
  });

  it('has a marker that is no part of another', () => {
    const marker = (id: number): string => markerOf('[HF {kind} {id} {check}]', 's', { ...entity, id });

    expect(marker(1)).to.match(/^HF applicant 1 [0-9a-f]{8}$/);
    expect(marker(11)).to.not.include(marker(1));
    expect(withMarker('', marker(1))).to.equal(marker(1));
    expect(withMarker('от руки', marker(1))).to.equal(`от руки ${marker(1)}`);
    expect(withMarker(`${marker(1)} от руки`, marker(1))).to.equal(`${marker(1)} от руки`);
  });

  it('of a register has every part, escaped for the path', () => {
    const set = {
      name: 'InformationRegister_X',
      keys: ['Period', 'Код', 'Флаг'],
      fields: { Period: { type: 'Edm.DateTime' }, Код: { type: 'Edm.String' }, Флаг: { type: 'Edm.Boolean' } },
      sections: {},
    };

    expect(
      decodeURIComponent(predicateOf(set, { Код: "О'Нил/2?#", Period: '2026-12-01T00:00:00', Флаг: true })),
    ).to.equal("Period=datetime'2026-12-01T00:00:00',Код='О''Нил/2?#',Флаг=true");
    expect(predicateOf(set, { Код: 'a/b?c#' })).to.not.match(/[/?#]/);
  });
});

describe('a merged section', () => {
  const columns = {
    LineNumber: { type: 'Edm.Int64' },
    Тип: { type: 'Edm.String' },
    Текст: { type: 'Edm.String' },
    Прочее: { type: 'Edm.String' },
  };
  const stored = [
    { Ref_Key: 'k', LineNumber: '1', Тип: 'Телефон', Текст: '1', Прочее: 'от руки', 'Чужое@x': 1 },
    { Ref_Key: 'k', LineNumber: '2', Тип: 'Адрес', Текст: '2', Прочее: '' },
  ];

  it('changes the row of the same columns, keeps the others and numbers all', () => {
    expect(
      mergedSection(
        {
          columns,
          by: ['Тип'],
          rows: [
            { Тип: 'Телефон', Текст: '3' },
            { Тип: 'Email', Текст: '4' },
          ],
        },
        stored,
      ),
    ).to.deep.equal([
      { Тип: 'Телефон', Текст: '3', Прочее: 'от руки', LineNumber: '1' },
      { Тип: 'Адрес', Текст: '2', LineNumber: '2' },
      { Тип: 'Email', Текст: '4', LineNumber: '3' },
    ]);
  });

  it('is not sent when nothing differs', () => {
    expect(mergedSection({ columns, by: ['Тип'], rows: [{ Тип: 'Адрес', Текст: '2' }] }, stored)).to.equal(undefined);
    expect(mergedSection({ columns, by: undefined, rows: [{ Тип: 'Телефон' }, { Тип: 'Адрес' }] }, stored)).to.equal(
      undefined,
    );
  });

  it('takes two rows of the same kind for two', () => {
    expect(
      mergedSection(
        {
          columns,
          by: ['Тип'],
          rows: [
            { Тип: 'Телефон', Текст: '1' },
            { Тип: 'Телефон', Текст: '9' },
          ],
        },
        stored,
      ),
    ).to.have.length(3);
  });

  it('is replaced by a plain list', () => {
    expect(mergedSection({ columns, by: undefined, rows: [{ Тип: 'Email' }] }, stored)).to.deep.equal([
      { Тип: 'Email', LineNumber: '1' },
    ]);
  });
});
