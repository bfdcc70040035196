/** Comments of the mappings that a new folder gets, by their English words. */
export const russianComments: Readonly<Record<string, string>> = {
  'A hire becomes one row of a CSV file. How mapping files are written: docs/mappings.md':
    'Приём на работу становится строкой файла CSV. Как пишут маппинги: docs/mappings.ru.md',
  'one stage change is one row, however often Huntflow reports it':
    'одна смена этапа — одна строка, сколько бы раз Huntflow о ней ни сообщил',
  'A hire becomes a person, an employee and an unposted hire order in 1C:ZUP; HR completes and posts the order.':
    'Приём становится в 1С:ЗУП человеком, сотрудником и непроведённым приказом; кадровик дополняет и проводит его.',
  'A correction of the same stage change (EDIT) moves the draft. What else the preset takes: huntflow-connector presets show zup-3.1/hire':
    'Исправление той же смены этапа (EDIT) двигает черновик. Что ещё принимает пресет: huntflow-connector presets show zup-3.1/hire',
  'your organisation, as 1C calls it; `expect` below has it too':
    'ваша организация, как она называется в 1С; она есть и в expect ниже',
  'fields of your own questionnaire; take a line away in `expect` too':
    'дополнительные поля вашей анкеты; чего не спрашиваете, ту строку уберите здесь и в expect ниже',
  'The hire is taken back: the stage change was deleted, corrected to another stage, or followed by another stage of the same vacancy.':
    'Приём отменён: смену этапа удалили, исправили на другой этап, или кандидата перевели на другой этап той же вакансии.',
  'The unposted draft is marked for deletion; one that is posted becomes a dead letter, because a person must decide.':
    'Непроведённый черновик помечается на удаление; о проведённом решает человек: доставка остановится.',
  'the names of stages.hired in connector.yaml': 'те же этапы, что в stages.hired файла connector.yaml',
  "A hire becomes an employee's page on the intranet.": 'Приём становится страницей сотрудника на портале.',
};
