import type { Text } from '../../src/adapter.ts';

export interface Refusal {
  readonly text: Text;
  /** Worth trying again by itself; otherwise a person has to do something first. */
  readonly later: boolean;
  /** Seconds for which the whole target is left alone. */
  readonly rest?: number;
}

function later(ru: string, en: string): Refusal {
  return { text: { ru, en }, later: true };
}

function never(ru: string, en: string): Refusal {
  return { text: { ru, en }, later: false };
}

/** 1C's words, when it had some. */
function quote(words: string): string {
  return words === '' ? '' : `: ${words.replace(/[.!\s]+$/, '')}`;
}

/** Sentences for what 1C and the servers in front of it answer: what happened, to what, what to do. */
export const refusal = {
  locked: (summary: string) =>
    later(
      `${summary}: конфликт блокировок в 1С, транзакция отменена; повторим сами.`,
      `${summary}: a lock conflict in 1C, the transaction was rolled back; it will be tried again.`,
    ),
  maintenance: (summary: string): Refusal => ({
    ...later(
      `${summary}: база 1С сейчас не принимает работу (копия, обновление, лицензии, память или СУБД); ничего не записано, ждём и повторим сами.`,
      `${summary}: the 1C base takes no work now (backup, update, licences, memory or DBMS); nothing was ` +
        'written, it is left alone for a while and tried again.',
    ),
    rest: 60,
  }),
  pool: (summary: string, status: number) =>
    later(
      `${summary}: 1С сейчас не может принять запрос (ответ ${status}: заняты сеансы, обслуживание или перегрузка); повторим сами. Если это не проходит, увеличьте poolSize публикации или число лицензий.`,
      `${summary}: 1C cannot take the request now (answer ${status}: sessions are used up, maintenance or ` +
        'overload); it will be tried again. If this lasts, raise poolSize of the publication or the number of ' +
        'licences.',
    ),
  login: (summary: string) =>
    later(
      `${summary}: 1С или веб-сервер не приняли имя и пароль (ответ 401); проверьте user и password в settings и что вход этому пользователю не запрещён.`,
      `${summary}: 1C or its web server refused user and password (answer 401); check user and password in ` +
        'settings and that this user may log in.',
    ),
  rights: (summary: string, words: string) =>
    never(
      `${summary}: имя и пароль верны, но прав пользователю 1С не хватает (код 20${quote(words)}); дайте ему роль УдаленныйДоступOData и права на этот объект, затем повторите доставку.`,
      `${summary}: user and password are right, but the 1C user lacks rights (code 20${quote(words)}); grant the role УдаленныйДоступOData and rights on this object, then retry the delivery.`,
    ),
  licence: (summary: string) =>
    later(
      `${summary}: ответ 402, вероятно, не хватает лицензий 1С; проверьте лицензии, повторим сами.`,
      `${summary}: answer 402, probably 1C is out of licences; check the licences, it will be tried again.`,
    ),
  forbidden: (summary: string) =>
    later(
      `${summary}: веб-сервер перед 1С запретил запрос (ответ 403); проверьте его правила доступа.`,
      `${summary}: the web server in front of 1C forbids the request (answer 403); check its access rules.`,
    ),
  publication: (summary: string) =>
    later(
      `${summary}: по этому адресу нет интерфейса OData (ответ 404 не от OData); проверьте url в settings и standardOdata enable="true" в default.vrd.`,
      `${summary}: there is no OData interface at this address (a 404 that is not OData's); check url in ` +
        'settings and standardOdata enable="true" in default.vrd.',
    ),
  moved: (summary: string, status: number) =>
    later(
      `${summary}: сервер отсылает на другой адрес (ответ ${status}); впишите его в url сами, перенаправлениям не следуем.`,
      `${summary}: the server points to another address (answer ${status}); put it into url yourself, ` +
        'redirects are not followed.',
    ),
  unpublished: (summary: string, words: string) =>
    never(
      `${summary}: набор не опубликован (код 8${quote(words)}); включите его в состав стандартного интерфейса OData и повторите доставку.`,
      `${summary}: the set is not published (code 8${quote(words)}); add it to the standard OData interface ` +
        'in 1C and retry the delivery.',
    ),
  query: (summary: string, words: string) =>
    never(
      `${summary}: 1С не разобрала условие поиска (код 14${quote(words)}); проверьте поля в match, marker и by: по строкам неограниченной длины ищут не все базы.`,
      `${summary}: 1C could not read the search (code 14${quote(words)}); check the fields in match, marker ` +
        'and by: not every base can search texts of unlimited length.',
    ),
  configuration: (summary: string, words: string) =>
    never(
      `${summary}: конфигурация 1С отказала${quote(words)}. Исправьте данные или настройку в 1С и повторите доставку.`,
      `${summary}: the configuration of 1C refused${quote(words)}. Mend the data or the setting in 1C and ` +
        'retry the delivery.',
    ),
  internal: (summary: string) =>
    never(
      `${summary}: внутренняя ошибка OData в 1С; причина только в технологическом журнале её сервера. Чаще всего это строка без номера, поле не того типа или обработчик записи: сверьте маппинг командой check --live, затем повторите доставку.`,
      `${summary}: an internal error of OData in 1C; its cause is only in the technological log of its server. Most ` +
        'often it is a row without a number, a field of another type, or code that runs before writing: compare the ' +
        'mapping by check --live, then retry the delivery.',
    ),
  tooLarge: (summary: string, status: number) =>
    never(
      `${summary}: веб-сервер перед 1С не пропускает запрос такого размера (ответ ${status}); поднимите его предел (IIS: maxAllowedContentLength, maxUrl, maxQueryString; nginx: client_max_body_size), затем повторите доставку.`,
      `${summary}: the web server in front of 1C lets no request of this size through (answer ${status}); raise its ` +
        'limit (IIS: maxAllowedContentLength, maxUrl, maxQueryString; nginx: client_max_body_size), then retry the ' +
        'delivery.',
    ),
  request: (summary: string, status: number, code: string, words: string) =>
    never(
      `${summary}: 1С не приняла запрос (ответ ${status}${code === '' ? '' : `, код ${code}`}${quote(words)}); сверьте маппинг с составом базы командой check --live.`,
      `${summary}: 1C refused the request (answer ${status}${code === '' ? '' : `, code ${code}`}${quote(words)}); compare the mapping with the base by check --live.`,
    ),
};
