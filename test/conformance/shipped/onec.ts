import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { OnecXml } from '../../../adapters/onec-xml.ts';
import { FaultServer, toolsFor } from '../../../adapters/testing.ts';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { anyTwoHundred, type Conforming, conforming } from './conforming.ts';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { XmlRecord } from '../../../adapters/onec/xml-record.ts';
import type { AdapterHarness } from '../../../adapters/testing.ts';

async function odata(format: string, timeout: number): Promise<AdapterHarness<OneCRecord>> {
  const standIn = await OnecStandIn.start({ behaviour: { firstDelay: 0, metadataDelay: 0 } });
  const server = await FaultServer.before(new URL(standIn.url).origin);
  const { user, password } = standIn.behaviour;
  const person = (id: number, surname: string): OneCRecord => ({
    steps: [
      {
        upsert: 'Catalog_ФизическиеЛица',
        of: { kind: 'applicant', id },
        marker: 'Комментарий',
        fields: { Description: `${surname} Анна`, Фамилия: surname, Имя: 'Анна', ДатаРождения: '1990-05-01' },
      },
    ],
  });
  return {
    adapterClass: OnecOdata,
    settings: { url: `${server.url}${new URL(standIn.url).pathname}`, user, password, format },
    tools: toolsFor({ timeout }),
    record: (n) => person(n, 'Иванова'),
    refused: person(66, 'Петрова'.repeat(10)),
    secrets: ['Иванова', '%D0%98%D0%B2', 'Петрова', '1990-05-01', password],
    effects: () => standIn.base.all('Catalog_ФизическиеЛица').length,
    server,
    dispose: () => standIn.stop(),
  };
}

/** A service of 1C that heeds Idempotency-Key, as `repeatable: true` says. */
async function xml(timeout: number): Promise<AdapterHarness<XmlRecord>> {
  const taken = new Set<string>();
  const server = await FaultServer.start(({ method, headers }) => {
    if (method === 'POST') taken.add(headers['idempotency-key'] ?? '');
    return { status: 200 };
  });
  return {
    adapterClass: OnecXml,
    settings: { url: `${server.url}/hs/hire`, user: 'u', password: 'geheim', repeatable: true },
    tools: toolsFor({ timeout }),
    record: (n) => ({ root: 'Hire', content: { '@id': n, ФИО: 'Иванова', Телефон: '+7 900' } }),
    refused: { root: 'Hire', content: { ФИО: 'Иванова\ud83d' } },
    secrets: ['Иванова', '+7 900', 'geheim'],
    effects: () => taken.size,
    server,
  };
}

export const onecOdata: readonly Conforming[] = [
  conforming('onec-odata, json', (timeout) => odata('json', timeout)),
  conforming('onec-odata, atom', (timeout) => odata('atom', timeout)),
];

export const onecXml = conforming('onec-xml', xml, anyTwoHundred);
