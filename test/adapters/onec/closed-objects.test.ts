import { expect } from 'chai';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';
import { Office } from './office.ts';
import { recordOf, shippedMapping } from './shipped.ts';

describe('a find in 1C', () => {
  it('passes over a division that is closed and a namesake', async () => {
    const office = await Office.open({ zup: true });
    try {
      const mapping = await shippedMapping('hire-to-1c');
      await office.deliver(1, await recordOf(mapping, mapping.tests[0]?.given ?? {}));

      expect(office.standIn.base.all('Document_ПриемНаРаботу')[0]).to.include({
        Подразделение_Key: zupSeeded.accounting,
        Должность_Key: zupSeeded.accountant,
      });
    } finally {
      await office.close();
    }
  });
});
