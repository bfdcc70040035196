import { expect } from 'chai';
import { plainNetwork } from '../../support/plain-network.ts';
import { command } from '../../support/serving.ts';
import { until } from '../../support/until.ts';
import { Served } from './served.ts';

const orders = 'Document_ПриемНаРаботу';

describe('a draft that 1C emptied of what was sent', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let served: Served;

  afterEach(() => served.stop());

  const run = (...args: readonly string[]) => command([...args, '--config', served.config]);
  const attention = async () => {
    const { items }: { items: readonly { readonly id: number; readonly findings: readonly string[] }[] } = JSON.parse(
      (await run('attention', '--json')).out,
    );
    return items;
  };

  it('stands in attention with what to fill in, until a person has seen it', async () => {
    served = await Served.start({}, {}, { staffSchedule: true });
    await served.hire(1);
    await until('it is delivered', async () => (await served.states())[0] === 'delivered');

    expect(served.standIn.base.all(orders)[0]).to.include({ Должность_Key: '00000000-0000-0000-0000-000000000000' });
    const [first] = await attention();
    expect(first?.id).to.equal(1);
    expect(first?.findings.join())
      .to.include('1C emptied Должность')
      .and.to.include('The staff schedule seems to be on');
    expect(JSON.parse((await run('targets', '--json')).out).items[0]).to.include({ attention: 1 });

    expect((await run('attention', 'seen', '1')).code).to.equal(0);
    expect(await attention()).to.deep.equal([]);
  });

  it('is told of whatever the configuration empties, of several fields at once', async () => {
    const emptied = ['КоличествоСтавок', 'ВидДоговора'];
    served = await Served.start({}, {}, { ignores: emptied.map((field) => `${orders}.${field}`) });
    await served.hire(1);
    await until('it is delivered', async () => (await served.states())[0] === 'delivered');

    const [first] = await attention();
    for (const field of emptied) expect(first?.findings.join()).to.include(field);
    expect(first?.findings.join()).to.not.include('staff schedule');
  });
});
