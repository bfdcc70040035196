import { describeAdapter } from '../../../adapters/testing.ts';
import { facts } from '../../../adapters/testing/facts.ts';
import { faults } from '../../../adapters/testing/faults.ts';
import type { Cannot, MakeHarness } from '../../../adapters/testing.ts';

/** A shipped adapter in one way of using it, and what of the suite it cannot do. */
export interface Conforming {
  /** As the table of docs/adapters.md calls it. */
  readonly name: string;
  readonly cannot: (name: string) => Cannot | undefined;
  readonly describe: () => void;
}

export function conforming<R>(
  name: string,
  make: MakeHarness<R>,
  cannot: Conforming['cannot'] = () => undefined,
): Conforming {
  return { name, cannot, describe: () => describeAdapter(name, make, { cannot }) };
}

const isFault = new Set(faults.map(({ name }) => name));
const isFact = new Set(facts.map(({ name }) => name));

/** For targets that speak no HTTP: every fault but those that the harness has in a form of its own. */
export const noHttp =
  (because: Cannot['because'], own: Readonly<Record<string, Cannot | undefined>>) =>
  (name: string): Cannot | undefined => {
    if (Object.hasOwn(own, name)) return own[name];
    return isFault.has(name) ? { because } : undefined;
  };

const again = 'the same delivery again leaves one effect';
if (!isFact.has(again)) throw new Error('a fact was renamed');

const keyless: Cannot = {
  because: {
    ru: 'у этих чатов и у SMTP нет ключей повтора: исход назван неизвестным, и повтор может прийти дважды; сбой проверен, ничего не теряется',
    en:
      'these chats and SMTP know no key of ours: the outcome is told as unknown, and a repetition may come twice; ' +
      'the fault is tried, and nothing is lost',
  },
  twice: true,
};

const shortKey: Cannot = {
  because: {
    ru: 'Mattermost узнаёт повтор 30 с (в них сообщение повторяется сразу, если ответ потерян), а здесь попытки идут через минуту: исход назван неизвестным',
    en:
      'Mattermost knows a repetition for 30 s (within which a post whose answer was lost is repeated at once), and ' +
      'attempts come a minute apart here: the outcome is told as unknown',
  },
  twice: true,
};

/** For Mattermost. */
export const laterMayComeTwice = (name: string): Cannot | undefined => mayComeTwice(name) && shortKey;

/** For chats and mail: what was taken and whose answer is lost may come twice. */
export const mayComeTwice = (name: string): Cannot | undefined =>
  name === again || faults.some((fault) => fault.name === name && fault.taken) ? keyless : undefined;

/** Where the answer's form is not known beforehand. */
export const anyTwoHundred = (name: string): Cannot | undefined =>
  name === 'HTML with 200, nothing taken'
    ? {
        because: {
          ru: 'любой 2xx — успех, а страница HTML — предупреждение в попытке; отличить их помогает success цели',
          en: 'any 2xx is a success, and a page of HTML a warning on the attempt; success of the target tells them apart',
        },
      }
    : undefined;
