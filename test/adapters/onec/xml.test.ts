import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { OnecXml } from '../../../adapters/onec-xml.ts';
import { elementOf } from '../../../adapters/onec/xml-document.ts';
import { type DeliveryContext, type Receipt, RejectedError } from '../../../src/adapter.ts';
import { validate } from '../../../src/files/validation.ts';
import { deliveryOf, type TestTools, toolsIn } from '../../support/delivery-context.ts';
import { type Arrival, HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import type { XmlRecord } from '../../../adapters/onec/xml-record.ts';
import { failure } from './failure.ts';

const record: XmlRecord = {
  root: 'Hire',
  namespace: 'http://example.test/hire',
  content: {
    '@id': 17,
    ФИО: "О'Нил & <Иванова>",
    Дата: '2026-12-01',
    Отчество: null,
    Телефон: ['+7 900', '+7 901'],
    Должность: { '@код': '5', '#text': 'Бухгалтер' },
    Пусто: '',
  },
};

const document =
  '<Hire xmlns="http://example.test/hire" id="17"><ФИО>О&apos;Нил &amp; &lt;Иванова&gt;</ФИО><Дата>2026-12-01</Дата><Телефон>+7 900</Телефон><Телефон>+7 901</Телефон><Должность код="5">Бухгалтер</Должность><Пусто/></Hire>';

const fault = (version: '1.1' | '1.2', words: string): string =>
  version === '1.1'
    ? `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>${words}</faultstring></soap:Fault></soap:Body></soap:Envelope>`
    : `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="ru">${words}</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`;
const success =
  '<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><HireResponse/></soap:Body></soap:Envelope>';

describe('an XML document for 1C', () => {
  it('has root, namespace, attributes, order and repetitions as the mapping says', () => {
    expect(elementOf(record)).to.equal(document);
  });

  it('may be a single value', () => {
    expect(elementOf({ root: 'x', content: 5 })).to.equal('<x>5</x>');
  });

  for (const [what, content, words] of [
    ['a control character', { А: 'а\u0001б' }, 'Hire/А: the character U+0001 cannot stand in XML'],
    ['half a character', { А: 'а\ud83d' }, 'Hire/А: the character U+D83D cannot stand in XML'],
    ['a name with a space', { 'Два слова': 1 }, 'Hire/Два слова: this is no name of an XML element'],
    ['a name that opens an element', { 'a><b': 1 }, 'Hire/a><b: this is no name'],
  ] as const) {
    it(`is rejected with ${what}`, () => {
      expect(() => elementOf({ ...record, content })).to.throw(RejectedError, words);
    });
  }
});

describe('onec-xml to a service', () => {
  let service: HttpStandIn;
  let tools: TestTools;

  beforeEach(async () => {
    service = await HttpStandIn.start();
    tools = toolsIn(undefined, { timeout: 5000 });
  });

  afterEach(async () => {
    await service.stop();
    tools.dispose();
  });

  async function send(
    settings: Readonly<Record<string, unknown>>,
    answer: (response: ServerResponse, arrival: Arrival) => void,
    delivery: DeliveryContext = deliveryOf(1),
  ): Promise<Receipt> {
    service.answer = (arrival, response) => answer(response, arrival);
    const adapter = new OnecXml(
      OnecXml.settings.cast({ url: `${service.url}/zup/hs/hire`, user: 'Обмен', password: 'секрет', ...settings }),
      tools,
    );
    try {
      return await adapter.deliver(record, delivery);
    } finally {
      await adapter.close();
    }
  }

  it('posts the document with credentials and the key of the delivery', async () => {
    const { summary } = await send({}, (response) => response.writeHead(201).end());

    expect(summary).to.equal('201');
    const [arrival] = service.arrivals;
    expect(arrival).to.include({
      method: 'POST',
      url: '/zup/hs/hire',
      body: `<?xml version="1.0" encoding="UTF-8"?>${document}`,
    });
    expect(arrival?.headers).to.include({
      'content-type': 'application/xml; charset=utf-8',
      'idempotency-key': 'key-1',
      authorization: `Basic ${Buffer.from('Обмен:секрет').toString('base64')}`,
    });
  });

  for (const [version, type, namespace] of [
    ['1.1', 'text/xml; charset=utf-8', 'http://schemas.xmlsoap.org/soap/envelope/'],
    ['1.2', 'application/soap+xml; charset=utf-8; action="urn:hire#Hire"', 'http://www.w3.org/2003/05/soap-envelope'],
  ] as const) {
    it(`wraps it in SOAP ${version} and takes an answer without Fault for success`, async () => {
      await send({ soap: version, action: 'urn:hire#Hire' }, (response) => response.end(success));

      const [arrival] = service.arrivals;
      expect(arrival?.body).to.equal(
        '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope ' +
          `xmlns:soap="${namespace}"><soap:Body>${document}</soap:Body></soap:Envelope>`,
      );
      expect(arrival?.headers['content-type']).to.equal(type);
      expect(arrival?.headers['soapaction']).to.equal(version === '1.1' ? '"urn:hire#Hire"' : undefined);
    });

    it(`reads a Fault of SOAP ${version} under any status`, async () => {
      for (const status of [200, 500]) {
        const error = await failure(
          'rejected',
          send({ soap: version }, (response) =>
            response
              .writeHead(status)
              .end(fault(version, 'Сотрудник Иванова Анна уже принят {ОбщийМодуль.Прием.Модуль(12)}: см. приказ')),
          ),
        );
        expect(error.ru)
          .to.match(/^POST Hire: конфигурация 1С отказала\. /)
          .and.to.not.include('Иванова')
          .and.to.not.include('ОбщийМодуль');
        await failure(
          'unavailable',
          send({ soap: version }, (response) =>
            response.writeHead(status).end(fault(version, 'Конфликт блокировок при выполнении транзакции')),
          ),
        );
      }
    });
  }

  for (const [status, body, kind] of [
    [400, 'плохая дата', 'rejected'],
    [401, '', 'unavailable'],
    [403, '', 'unavailable'],
    [404, '1C:Enterprise 8 application error: HTTP: Not found', 'unavailable'],
    [404, 'нет такой вакансии', 'rejected'],
    [406, '', 'unavailable'],
    [429, '', 'unavailable'],
    [503, '', 'unavailable'],
    [500, 'ошибка', 'uncertain'],
    [500, 'Конфликт блокировок', 'unavailable'],
    [504, '<html></html>', 'uncertain'],
    [302, '', 'rejected'],
  ] as const) {
    it(`is ${kind} after ${status}${body === '' ? '' : ` with ${body}`}`, async () => {
      await failure(
        kind,
        send({}, (response) => response.writeHead(status).end(body)),
      );
    });
  }

  it("takes the operators' word for what an answer means: a 200 may be a no", async () => {
    const { success } = tools;
    Object.assign(tools, { success: { when: 'answer.Answer.ok = true or answer.ok = true' } });
    const said = (body: string, type = 'application/xml') =>
      send({}, (response) => response.writeHead(200, { 'content-type': type }).end(body));
    try {
      expect((await said('<Answer><ok>true</ok></Answer>')).summary).to.equal('200');
      expect((await said('{"ok":true}', 'application/json')).summary).to.equal('200');
      await failure('rejected', said('<Answer><ok>false</ok></Answer>'));
      await failure('rejected', said('{"ok":false}', 'application/json'));
      await failure('uncertain', said('<html><body>Вход</body></html>', 'text/html'));
    } finally {
      Object.assign(tools, { success });
    }
    const { warnings } = await said('<html><body>Вход</body></html>', 'text/html');
    expect(JSON.stringify(warnings)).to.include('but with an HTML page and no data');
  });

  it('is uncertain when the answer is lost, and tries again where the service knows repetitions', async () => {
    const lose = (response: ServerResponse): void => {
      response.socket?.destroy();
    };

    await failure('uncertain', send({}, lose));
    await failure('unavailable', send({ repeatable: true }, lose));
    await failure(
      'uncertain',
      send({ soap: '1.1' }, (response) => response.end('<html>login</html>')),
    );
    await failure(
      'uncertain',
      send({}, () => undefined),
    );
  });

  it('checks the address without posting', async () => {
    for (const [status, levels] of [
      [405, []],
      [200, []],
      [404, ['warning']],
      [401, ['error']],
    ] as const) {
      service.answer = (_arrival, response) => response.writeHead(status).end();
      const adapter = new OnecXml(OnecXml.settings.cast({ url: `${service.url}/zup/hs/hire` }), tools);
      const findings = await adapter.check({ mappings: [], signal: new AbortController().signal });
      await adapter.close();
      expect(
        findings.map(({ level }) => level),
        String(status),
      ).to.deep.equal(levels);
    }
    expect(service.arrivals.every(({ method }) => method === 'HEAD')).to.equal(true);
  });
});

describe('onec-xml to a folder', () => {
  let tools: TestTools;
  const open: OnecXml[] = [];

  beforeEach(() => {
    tools = toolsIn();
  });

  afterEach(async () => {
    for (const adapter of open.splice(0)) await adapter.close();
    tools.dispose();
  });

  function adapterWith(settings: Readonly<Record<string, unknown>> = {}): OnecXml {
    const adapter = new OnecXml(OnecXml.settings.cast({ folder: 'drop', create: true, ...settings }), tools);
    open.push(adapter);
    return adapter;
  }

  const whole = `<?xml version="1.0" encoding="UTF-8"?>${document}`;
  const read = (name: string): string => readFileSync(`${tools.root}/drop/${name}`, 'utf8');

  it("writes a file that appears whole, under a name that is the delivery's own", async () => {
    await adapterWith({ name: '{target}-{key}-{id}.xml' }).deliver(record, deliveryOf(7));

    expect(readdirSync(`${tools.root}/drop`)).to.deep.equal(['test-target-applicant_7-7.xml']);
    expect(read('test-target-applicant_7-7.xml')).to.equal(whole);
  });

  it('does not write again what 1C has fetched', async () => {
    await adapterWith().deliver(record, deliveryOf(7));
    rmSync(`${tools.root}/drop/test-target-7.xml`);

    for (const adapter of [adapterWith(), adapterWith()])
      expect((await adapter.deliver(record, deliveryOf(7))).summary).to.equal('already there');
    expect(existsSync(`${tools.root}/drop/test-target-7.xml`)).to.equal(false);
  });

  it('heeds what earlier versions noted of a delivery', async () => {
    const { summary } = await adapterWith().deliver(record, deliveryOf(7, { progress: 'test-target-7.xml' }));

    expect(summary).to.equal('already there');
    expect(existsSync(`${tools.root}/drop`)).to.equal(false);
  });

  it('never takes the name of a file that 1C has not read, as after a new database, whose ids begin anew', async () => {
    mkdirSync(`${tools.root}/drop`);
    writeFileSync(`${tools.root}/drop/test-target-7.xml`, 'of somebody hired before');

    const { summary, warnings } = await adapterWith().deliver(record, deliveryOf(7));

    expect([summary, warnings?.length]).to.deep.equal(['written to test-target-7-2.xml', 1]);
    expect(read('test-target-7.xml')).to.equal('of somebody hired before');
    expect(read('test-target-7-2.xml')).to.equal(whole);
    rmSync(`${tools.root}/drop/test-target-7.xml`);
    expect((await adapterWith().deliver(record, deliveryOf(7))).summary).to.equal('already there');
    expect(readdirSync(`${tools.root}/drop`)).to.deep.equal(['test-target-7-2.xml']);
  });

  it('takes a file of the same name and content for its own', async () => {
    mkdirSync(`${tools.root}/drop`);
    writeFileSync(`${tools.root}/drop/test-target-7.xml`, whole);

    expect((await adapterWith().deliver(record, deliveryOf(7))).summary).to.equal('already there');
    expect(readdirSync(`${tools.root}/drop`)).to.deep.equal(['test-target-7.xml']);
  });

  it('says in check that a file stands where the folder should be', async () => {
    writeFileSync(tools.resolvePath('drop'), '');

    const [finding] = await adapterWith().check({ mappings: [], signal: new AbortController().signal });

    expect(finding?.level).to.equal('error');
    expect(JSON.stringify(finding?.text)).to.include('ENOTDIR');
  });

  it('is unavailable when the folder cannot be, or is missing and not to be made', async () => {
    for (const settings of [{ folder: 'missing/drop' }, { create: false }]) {
      const adapter = adapterWith(settings);
      expect((await failure('unavailable', adapter.deliver(record, deliveryOf(7)))).en).to.include('(ENOENT)');
      expect(
        (await adapter.check({ mappings: [], signal: new AbortController().signal })).map(({ level }) => level),
      ).to.deep.equal(['error']);
      expect(readdirSync(tools.root).filter((name) => name !== 'state')).to.deep.equal([]);
    }
  });
});

describe('settings of onec-xml', () => {
  const url = 'https://1c.example/zup/hs/hire';

  it('are an address or a folder', () => {
    expect(validate(OnecXml.settings, { url }).problems).to.deep.equal([]);
    expect(validate(OnecXml.settings, { folder: 'drop' }).problems).to.deep.equal([]);
  });

  for (const [what, settings] of [
    ['neither', {}],
    ['both', { url, folder: 'drop' }],
    ['a password in the address', { url: 'https://u:p@1c.example' }],
    ['an unknown version of SOAP', { url, soap: '2.0' }],
    ['a name without {id}', { folder: 'drop', name: 'hire.xml' }],
    ['a name that leaves the folder', { folder: 'drop', name: '../{id}.xml' }],
    ['an unknown placeholder', { folder: 'drop', name: '{id}-{day}.xml' }],
  ] as const) {
    it(`refuse ${what}`, () => {
      expect(validate(OnecXml.settings, settings).problems).to.have.length(1);
    });
  }

  it('and its record refuse what is no document', () => {
    for (const wrong of [
      {},
      { root: 'два слова', content: {} },
      { root: 'x', content: [] },
      { root: 'x', content: {}, нечто: 1 },
    ]) {
      expect(validate(OnecXml.record, wrong).problems, JSON.stringify(wrong)).to.not.have.length(0);
    }
  });
});
