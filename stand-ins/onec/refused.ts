/** An answer of 1C that is no success: HTTP status, code of the table in facts/1c.md 1.8, sentence. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function errorText(code: string, message: string, atom: boolean): string {
  if (!atom) return JSON.stringify({ 'odata.error': { code, message: { lang: 'ru', value: message } } });
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<?xml version="1.0" encoding="UTF-8"?><m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>${code}</m:code><m:message>${escaped}</m:message></m:error>`;
}

export const lockMessage =
  'Конфликт блокировок при выполнении транзакции:\nПревышено максимальное время ожидания предоставления блокировки';

export const poolXml =
  '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="http://HOST/BASE/e1csys/vrscore/exception.xslt?sysver=8.3.10.2650"?>' +
  '<exception xmlns="http://v8.1c.ru/8.2/virtual-resource-system" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Exception" clsid="580392e6-ba49-4280-ac67-fcd6f2180121" reason="406">' +
  '<descr xmlns="http://v8.1c.ru/8.1/data/core">Истекло время ожидания сеанса</descr></exception>';

export const batchXml =
  '<?xml version="1.0"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>0</code><message xml:lang="ru">Произошла ошибка сервиса</message></error>';

export const notFoundText = '1C:Enterprise 8 application error: HTTP: Not found';

export const gatewayHtml =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

export const loginHtml = '<!DOCTYPE html><html><body><form action="/login"><input name="user"></form></body></html>';
