import type { Base } from '../base.ts';
import type { Configuration } from '../configuration.ts';
import type { SetModel } from '../shape.ts';
import { beforeCardWrite } from './card-rules.ts';
import { beforeHireWrite, onDismissalPosted, onHirePosted, onUnposted } from './order-rules.ts';
import { beforeNameWrite, beforePersonWrite } from './person-rules.ts';
import { seedZup } from './seed.ts';
import { zupSets, type ZupOptions } from './sets.ts';

/** ЗУП 3.1 as far as a hire goes. */
export class Zup implements Configuration<Base> {
  readonly sets: readonly SetModel[];

  constructor(options: ZupOptions) {
    this.sets = zupSets(options);
  }

  seed(base: Base): void {
    seedZup(base);
    base.put('Constant_ИспользоватьШтатноеРасписание', { Value: base.behaviour.staffSchedule });
  }

  beforeWrite(base: Base, { name }: SetModel, row: Record<string, unknown>): void {
    switch (name) {
      case 'Catalog_ФизическиеЛица':
        return beforePersonWrite(base, row);
      case 'InformationRegister_ФИОФизическихЛиц':
        return beforeNameWrite(row);
      case 'Catalog_Сотрудники':
        return beforeCardWrite(base, row);
      case 'Document_ПриемНаРаботу':
        return beforeHireWrite(base, row);
      default:
    }
  }

  onPosting(base: Base, { name }: SetModel, row: Readonly<Record<string, unknown>>, posted: boolean): void {
    if (!posted) return onUnposted(base, name, row);
    if (name === 'Document_ПриемНаРаботу') onHirePosted(base, row);
    if (name === 'Document_Увольнение') onDismissalPosted(base, row);
  }
}
