/** A predefined item of Catalog_ВидыКонтактнойИнформации. */
export interface ContactKind {
  readonly predefined: string;
  readonly description: string;
  readonly type: 'Телефон' | 'АдресЭлектроннойПочты' | 'Адрес' | 'Факс' | 'Другое';
}

const phone = (predefined: string, description: string): ContactKind => ({ predefined, description, type: 'Телефон' });
const email = (predefined: string): ContactKind => ({
  predefined,
  description: 'Email',
  type: 'АдресЭлектроннойПочты',
});
const address = (predefined: string, description: string): ContactKind => ({ predefined, description, type: 'Адрес' });
const other = (predefined: string, description: string): ContactKind => ({ predefined, description, type: 'Другое' });

/** Groups and their items (facts/1c-zup.md 1): "Email" stands five times, "Телефон" four times, never for a person. */
export const contactKinds: Readonly<Record<string, readonly ContactKind[]>> = {
  СправочникОрганизации: [
    email('EmailОрганизации'),
    phone('ТелефонОрганизации', 'Телефон'),
    { predefined: 'ФаксОрганизации', description: 'Факс', type: 'Факс' },
    address('ЮрАдресОрганизации', 'Юридический адрес'),
    address('ФактАдресОрганизации', 'Фактический адрес'),
    address('ПочтовыйАдресОрганизации', 'Почтовый адрес'),
  ],
  СправочникПользователи: [email('EmailПользователя'), phone('ТелефонПользователя', 'Телефон')],
  СправочникФизическиеЛица: [
    email('EMailФизическиеЛица'),
    phone('ТелефонМобильныйФизическиеЛица', 'Мобильный телефон'),
    phone('ТелефонДомашнийФизическиеЛица', 'Домашний телефон'),
    phone('ТелефонРабочийФизическиеЛица', 'Рабочий телефон'),
    address('АдресПоПропискеФизическиеЛица', 'Адрес по прописке'),
    address('АдресМестаПроживанияФизическиеЛица', 'Адрес места проживания'),
    address('АдресЗаПределамиРФФизическиеЛица', 'Адрес за пределами РФ'),
    address('АдресДляИнформированияФизическиеЛица', 'Адрес для информирования'),
  ],
  СправочникЛичныеДанныеКандидатов: [
    email('EMailЛичныеДанныеКандидатов'),
    phone('ТелефонЛичныеДанныеКандидатов', 'Телефон'),
    other('TelegramЛичныеДанныеКандидатов', 'Telegram'),
    other('MAXЛичныеДанныеКандидатов', 'MAX'),
    address('АдресЛичныеДанныеКандидатов', 'Адрес'),
  ],
  СправочникТерриторииИПомещения: [
    email('EMailТерриторииИПомещения'),
    phone('ТелефонТерриторииИПомещения', 'Телефон'),
    address('АдресТерриторииИПомещения', 'Адрес'),
  ],
};
