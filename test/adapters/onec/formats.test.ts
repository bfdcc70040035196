import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { atomFormat } from '../../../adapters/onec/atom-format.ts';
import type { Entity } from '../../../adapters/onec/difference.ts';
import { jsonFormat } from '../../../adapters/onec/json-format.ts';
import type { SetShape } from '../../../adapters/onec/metadata.ts';

function recorded(name: string): string {
  return readFileSync(new URL(`../../fixtures/onec/msodata-v3-wcfds/${name}`, import.meta.url), 'utf8')
    .split(/\r?\n\r?\n/)
    .slice(1)
    .join('\n');
}

const set: SetShape = {
  name: 'Catalog_X',
  keys: ['Ref_Key'],
  fields: {
    Ref_Key: { type: 'Edm.Guid' },
    Имя: { type: 'Edm.String' },
    Дата: { type: 'Edm.DateTime' },
    Флаг: { type: 'Edm.Boolean' },
    Число: { type: 'Edm.Double' },
    Счетчик: { type: 'Edm.Int64' },
  },
  sections: { Строки: { LineNumber: { type: 'Edm.Int64' }, Текст: { type: 'Edm.String' } } },
};

const entity: Entity = {
  Ref_Key: '41aa6331-954f-11e3-814b-005056c00008',
  Имя: ' <b> & "О\'Нил" \n5 ',
  Дата: '1990-05-01T00:00:00',
  Флаг: false,
  Число: 1.5,
  Счетчик: '12345678901234567',
  Строки: [{ LineNumber: '1', Текст: '007' }],
};

describe('the two formats', () => {
  it('read the same from what a real v3 server sent', () => {
    const atom = atomFormat.readOne(recorded('05-get-key-atom.http'));
    const json = jsonFormat.readOne(recorded('02-post-own-key.http'));

    expect(atom).to.deep.equal(json);
    expect(atomFormat.readOne(recorded('17-post-atom.http'))).to.include({ Description: 'Атом' });
    expect(jsonFormat.readMany(recorded('03-get-filter-json.http'))).to.have.length(1);
    expect(jsonFormat.readMany(recorded('18-filter-plus.http'))).to.have.length(0);
  });

  it('write what they read', () => {
    expect(jsonFormat.readOne(jsonFormat.write(set, entity))).to.deep.equal(entity);
    expect(atomFormat.readOne(atomFormat.write(set, entity))).to.deep.equal(entity);
  });

  it('read an error page for what it is', () => {
    for (const format of [atomFormat, jsonFormat]) {
      for (const text of ['', '<html><body>login</body></html>', '[]', '"text"']) {
        expect(() => format.readOne(text), text).to.throw();
        expect(() => format.readMany(text), text).to.throw();
      }
    }
  });
});
