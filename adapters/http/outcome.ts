import { XMLParser } from 'fast-xml-parser';
import type { AdapterTools, Receipt, Text } from '../../src/adapter.ts';
import { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';
import { holdsFor, spokenCode } from '../../src/toolkit.ts';
import { answeredWith, classify, retryAfterOf, saidWords, textWithin } from './answers.ts';
import { isRepeatable } from './failures.ts';
import { flawText } from './flaw.ts';
import { isPage } from './looks-like.ts';
import type { HttpResponse } from './answers.ts';

/** What the operators say of answers, and the clock. */
export type Judges = Pick<AdapterTools, 'now' | 'statuses' | 'success'>;

export interface Asked {
  readonly method: string;
  /** What was sent; the errors that are thrown name nothing of it. */
  readonly record: unknown;
  /** The answer ought to be for programs: a page is told of. */
  readonly page?: 'told' | 'fine';
}

/** Bytes of an answer that `success.when` is asked about, and levels of it. */
const asked = { bytes: 256 * 1024, levels: 100 } as const;

/** What the receipt of a record that the target has tells of its answer. */
export type Told = Pick<Receipt, 'warnings' | 'attention'>;

/**
 * What an answer means for the delivery: returns what is to be told when the target has the record. A page, which may
 * be that of a login, is a person's matter: a whole day of hires may have ended there. The operators' word comes
 * first (`success`, `retry.statuses`), then what HTTP says (`classify`).
 * @throws UnavailableError, RejectedError, UncertainError
 */
export async function outcomeOf(response: HttpResponse, judges: Judges, question: Asked): Promise<Told> {
  const { status } = response;
  const meant = judges.success?.status;
  const positive = meant === undefined ? status >= 200 && status < 300 : meant.includes(status);
  if (!positive) throw refusalOf(response, judges, question);
  const verdict = judges.success?.when === undefined ? true : await asks(judges.success.when, response);
  if (verdict === false)
    throw new RejectedError(saidNo(answeredWith(status), said(response, question)), said(response, question));
  if (verdict === undefined) throw unclear(status, question.method);
  const attention =
    question.page !== 'fine' && judges.success?.when === undefined && isPage(response) ? [pageText(status)] : [];
  const warnings = [...(response.flaw === undefined ? [] : [flawText(status, response.flaw)]), ...attention];
  return { ...(warnings.length > 0 && { warnings }), ...(attention.length > 0 && { attention }) };
}

function refusalOf(response: HttpResponse, { now, statuses }: Judges, question: Asked): Error {
  const { status, headers } = response;
  const options = { ...said(response, question), retryAfter: retryAfterOf(headers, now()) };
  const rule = statuses[status];
  if (rule === 'later') return new UnavailableError(ruled(answeredWith(status), 'later', options), options);
  if (rule === 'never') return new RejectedError(ruled(answeredWith(status), 'never', options), options);
  // A 2xx that the operators do not count as a success.
  return classify(response, now(), options) ?? new RejectedError(saidNo(answeredWith(status), options), options);
}

/** Code and field are the target's words for programs; nothing else of its answer leaves the attempt. */
function said(response: HttpResponse, { record }: Asked): { readonly code?: string; readonly field?: string } {
  return spokenCode(textWithin(response, 64 * 1024), record);
}

/** Undefined: the answer says neither yes nor no. */
async function asks(formula: string, response: HttpResponse): Promise<boolean | undefined> {
  const { body, flaw, status, headers } = response;
  if (isPage(response) || flaw?.whole === false || body.length === 0 || body.length > asked.bytes) return undefined;
  const text = textWithin(response, asked.bytes);
  if (levelsOf(text) > asked.levels) return undefined;
  return holdsFor(formula, { answer: parsed(text), status, headers }, text.length);
}

/** JSON and XML as what they say, anything else as text. */
function parsed(text: string): unknown {
  try {
    return /^[\s\ufeff]*</.test(text) ? new XMLParser(xml).parse(text) : JSON.parse(text);
  } catch {
    return text;
  }
}

const xml = { removeNSPrefix: true, ignoreAttributes: false, attributeNamePrefix: '', processEntities: false } as const;

/** At most: brackets within texts count as well. */
function levelsOf(text: string): number {
  let level = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') deepest = Math.max(deepest, (level += 1));
    else if (character === '}' || character === ']') level -= 1;
  }
  return deepest;
}

function unclear(status: number, method: string): Error {
  const text: Text = {
    ru: `Цель ответила ${answeredWith(status)}, но по ответу не понять, принята ли запись (success.when не дало ни true, ни false): посмотрите ответ в попытке и запись в самой цели.`,
    en:
      `The target answered ${answeredWith(status)}, but its answer does not tell whether it has the record ` +
      '(success.when was neither true nor false): look at the answer in the attempt, and into the target.',
  };
  return isRepeatable(method) ? new UnavailableError(text) : new UncertainError(text);
}

function saidNo(answered: string, options: { readonly code?: string; readonly field?: string }): Text {
  const { ru, en } = saidWords(options);
  return {
    ru: `Цель ответила ${answered}${ru}, но по success это отказ: посмотрите ответ в попытке и исправьте данные или маппинг.`,
    en:
      `The target answered ${answered}${en}, but by success that is a refusal: see the answer in the attempt, ` +
      'and mend the data or the mapping.',
  };
}

function ruled(
  answered: string,
  rule: 'later' | 'never',
  options: { readonly code?: string; readonly field?: string },
): Text {
  const { ru, en } = saidWords(options);
  return rule === 'later'
    ? {
        ru: `Цель ответила ${answered}${ru}; по retry.statuses это проходит само, попытка повторится.`,
        en: `The target answered ${answered}${en}; by retry.statuses that passes by itself, it will be tried again.`,
      }
    : {
        ru: `Цель ответила ${answered}${ru}; по retry.statuses это окончательный отказ: исправьте данные или маппинг и повторите.`,
        en:
          `The target answered ${answered}${en}; by retry.statuses that is final: mend the data or the ` +
          'mapping, then retry.',
      };
}

function pageText(status: number): Text {
  return {
    ru: `Цель ответила ${status}, но страницей HTML, а не данными: так отвечает форма входа или прокси. Проверьте, что запись принята; если нет, задайте success этой цели.`,
    en:
      `The target answered ${status}, but with an HTML page and no data, as a login form or a proxy does. See whether ` +
      'the record was taken; if not, set success of this target.',
  };
}
