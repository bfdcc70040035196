import type { Text } from '../text.ts';
import type { Cause, CauseKind } from './cause.ts';

/** Who can mend a cause, and what there is to do. */
export interface Advice {
  readonly who: Text;
  readonly advice: Text;
}

const operations: Text = { ru: 'дежурный', en: 'operations' };
const author: Text = { ru: 'автор маппинга', en: 'mapping author' };
const targets: Text = { ru: 'администратор цели (1С)', en: '1C administrator' };
const hr: Text = { ru: 'HR', en: 'HR' };

/** Of the CSV adapter: the file's charset lacks a character. */
const unmappable = 'unmappable';
const charset: Advice = {
  who: operations,
  advice: {
    ru: 'задайте цели в connector.yaml encoding: utf-8-bom или unmappable: replace, перезапустите службу и повторите',
    en: 'give the target encoding: utf-8-bom or unmappable: replace in connector.yaml, restart the service and retry',
  },
};

/** By the kind of a cause; what names a field of a person is for HR first. */
export function adviceFor(kind: CauseKind, code: string | null, field: string | null): Advice {
  switch (kind) {
    case 'unavailable':
      return {
        who: targets,
        advice: {
          ru:
            'почините цель или дождитесь её: ждущее повторится само, остальное повторите; если она работает, но ' +
            'не берёт только эти записи, исправьте справочник или маппинг и переделайте их (remap)',
          en:
            'mend the target or wait for it: what waits is tried again by itself, retry the rest; if it works and ' +
            'takes all but these records, mend the dictionary or the mapping and remap them',
        },
      };
    case 'rejected':
      if (code === unmappable) return charset;
      return isOfPerson(code, field)
        ? {
            who: hr,
            advice: {
              ru: 'сверьте данные человека в Huntflow и у цели, исправьте их и повторите',
              en: 'compare the data of the person in Huntflow and at the target, mend them and retry',
            },
          }
        : {
            who: author,
            advice: {
              ru: 'исправьте справочник или маппинг и переделайте записи, или исправьте у цели и повторите',
              en: 'mend the dictionary or the mapping and remap, or mend the target and retry',
            },
          };
    case 'unknown outcome':
      return {
        who: operations,
        advice: {
          ru: 'посмотрите у цели, есть ли запись: если есть — отмените доставку, иначе повторите',
          en: 'look at the target: cancel the delivery if the record is there, else retry',
        },
      };
    case 'mapping failed':
      return {
        who: author,
        advice: { ru: 'исправьте маппинг и повторите', en: 'mend the mapping and retry' },
      };
  }
}

/** What does it, once it is mended: only a mended mapping or dictionary makes another record. */
export function commandFor({ id, kind, code, field }: Pick<Cause, 'id' | 'kind' | 'code' | 'field'>): string {
  const verb = kind === 'rejected' && code !== unmappable && !isOfPerson(code, field) ? 'remap' : 'retry';
  return `huntflow-connector deliveries ${verb} --cause ${id}`;
}

function isOfPerson(code: string | null, field: string | null): boolean {
  return /person|identity|snils|inn|birth/i.test(`${code ?? ''} ${field ?? ''}`);
}
