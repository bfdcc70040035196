import type { Text } from '../text.ts';
import type { Cause } from './cause.ts';

/** Who can mend a cause, what there is to do, and what does it then. */
export interface Advice {
  readonly who: Text;
  readonly advice: Text;
  /** As it is typed in a terminal. */
  readonly command: string;
}

/** What is advised about. */
export interface Mended extends Pick<Cause, 'kind' | 'code' | 'field' | 'text'> {
  readonly id: string;
  /** A delivery of it. */
  readonly example: number;
  /** Of the adapter of its target; undefined: connector.yaml has none of that name. */
  readonly adapter: string | undefined;
  /** Its target took what came later before it failed this again: the records are in the way. */
  readonly othersTaken: boolean;
}

const operations: Text = { ru: 'дежурный', en: 'operations' };
const author: Text = { ru: 'автор маппинга', en: 'mapping author' };
const onec: Text = { ru: 'администратор 1С', en: '1C administrator' };
const targets: Text = { ru: 'администратор цели', en: 'administrator of the target' };
const hr: Text = { ru: 'HR', en: 'HR' };

/** Of the CSV adapter: the file's charset lacks a character. */
const unmappable = 'unmappable';

/** By the kind of a cause, and by what it names. The command makes other records only where these are to be others. */
export function adviceFor(cause: Mended): Advice {
  const { kind, code, adapter, text } = cause;
  const asked = /deliveries choose ID (--step \S+)/.exec(text.en)?.[1];
  switch (kind) {
    case 'unavailable':
      return cause.othersTaken ? { ...ofRecords, command: deliveries('remap', cause) } : awaited(cause);
    case 'rejected':
      if (code === unmappable) return { ...charset, command: deliveries('retry', cause) };
      if (asked !== undefined)
        return {
          ...question,
          command: `huntflow-connector deliveries choose ${cause.example} ${asked.replace(/[.,;:]$/, '')} --object KEY`,
        };
      if (isOfPerson(cause)) return { ...ofPerson, command: deliveries('retry', cause) };
      if (/no object of \S+ fits/.test(text.en)) return { ...missingObject, command: deliveries('remap', cause) };
      return { ...ofRecord, command: deliveries('remap', cause) };
    case 'unknown outcome':
      return {
        who: operations,
        advice:
          adapter === 'onec-odata'
            ? {
                ru: 'повторите: адаптер сначала посмотрит в 1С, есть ли запись',
                en: 'retry: the adapter looks first whether 1C has the record',
              }
            : {
                ru: 'посмотрите у цели, есть ли запись: если есть — отмените доставку, иначе повторите',
                en: 'look at the target: cancel the delivery if the record is there, else retry',
              },
        command: deliveries('retry', cause),
      };
    case 'mapping failed':
      return { ...(isMissingValue(cause) ? missingValue : ofMapping), command: deliveries('retry', cause) };
  }
}

function deliveries(action: 'retry' | 'remap', { id }: Mended): string {
  return `huntflow-connector deliveries ${action} --cause ${id}`;
}

/** Whoever keeps what is out of reach: 1C has its administrator, a folder or a chat is for who minds this machine. */
function awaited(cause: Mended): Advice {
  const { adapter = '' } = cause;
  const ours = /^(?:csv|onec-xml|slack|telegram|mattermost|bitrix24|rocket\S*|mail)$/.test(adapter);
  return {
    who: ours ? operations : adapter.startsWith('onec') ? onec : targets,
    advice: {
      ru:
        'почините цель или дождитесь её: ждущее повторится само, остановленное повторите; если она работает, но не ' +
        'берёт только эти записи, исправьте справочник или маппинг и переделайте их (remap)',
      en:
        'mend the target or wait for it: what waits is tried again by itself, retry what is dead; if it works and ' +
        'takes all but these records, mend the dictionary or the mapping and remap them',
    },
    command: deliveries('retry', cause),
  };
}

type Words = Omit<Advice, 'command'>;

const ofRecords: Words = {
  who: author,
  advice: {
    ru:
      'цель берёт другие записи, а эти нет: исправьте справочник или маппинг и переделайте их, или исправьте у цели; ' +
      'ждущее повторится само',
    en:
      'the target takes other records and not these: mend the dictionary or the mapping and remap them, or mend the ' +
      'target; what waits is tried again by itself',
  },
};

const charset: Words = {
  who: operations,
  advice: {
    ru: 'задайте цели в connector.yaml encoding: utf-8-bom или unmappable: replace, перезапустите службу и повторите',
    en: 'give the target encoding: utf-8-bom or unmappable: replace in connector.yaml, restart the service and retry',
  },
};

const question: Words = {
  who: onec,
  advice: {
    ru: 'ответьте по каждой доставке, о каком объекте речь (ключ — в её ошибке), или --new для нового',
    en: 'answer for each delivery which object is meant (its error has the key), or --new for a new one',
  },
};

const ofPerson: Words = {
  who: hr,
  advice: {
    ru:
      'сверьте данные человека: если они неверны у цели, исправьте там и повторите; если неверны в Huntflow, ' +
      'исправьте и там, и запись (deliveries edit)',
    en:
      'compare the data of the person: where the target has them wrong, mend them there and retry; where Huntflow ' +
      'has, mend them there and in the record (deliveries edit)',
  },
};

const missingObject: Words = {
  who: { ru: 'администратор 1С или автор маппинга', en: '1C administrator or mapping author' },
  advice: {
    ru: 'заведите в 1С то, чего там нет, или исправьте маппинг либо справочник; потом переделайте записи',
    en: 'add what is missing in 1C, or mend the mapping or the dictionary; then remap',
  },
};

const ofRecord: Words = {
  who: author,
  advice: {
    ru: 'исправьте справочник или маппинг, или исправьте у цели; потом переделайте записи',
    en: 'mend the dictionary or the mapping, or mend the target; then remap',
  },
};

const missingValue: Words = {
  who: { ru: 'HR или автор маппинга', en: 'HR or mapping author' },
  advice: {
    ru:
      'в событии нет этого значения: дайте полю default в маппинге и повторите, или впишите его в запись ' +
      '(deliveries edit)',
    en:
      'the event lacks this value: give the field a default in the mapping and retry, or write it into the record ' +
      '(deliveries edit)',
  },
};

const ofMapping: Words = {
  who: author,
  advice: {
    ru: 'исправьте маппинг или справочник и повторите',
    en: 'mend the mapping or the dictionary and retry',
  },
};

/** As `src/mapping/record/field.ts` says it. */
function isMissingValue({ text }: Mended): boolean {
  return text.en.endsWith('a required value is missing');
}

const personWords: ReadonlySet<string> = new Set(
  'person identity snils inn birth birthday birthdate снилс инн рождения'.split(' '),
);

/** By whole words: a `personnel number` or a `beginning` is nobody's. */
function isOfPerson({ code, field }: Mended): boolean {
  const words = `${code ?? ''} ${field ?? ''}`
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => personWords.has(word));
}
