import { envelopePlaces, applicantFields, envelope, vacancyFields } from './common.ts';
import type { EventShape } from './event-shape.ts';

export const recruitmentEvaluation: EventShape = {
  event: 'RECRUITMENT-EVALUATION',
  title: { ru: 'Оценка работы рекрутеров (не кандидата)', en: 'Evaluations of the recruiters, not of the candidate' },
  types: [],
  places: {
    evaluation: 'event.recruitment_evaluation',
    applicant: 'event.recruitment_evaluation.applicant',
    vacancy: 'event.recruitment_evaluation.vacancy',
    agreement: 'event.recruitment_evaluation.applicant.pd_agreement',
    ...envelopePlaces,
  },
  fields: `${envelope}${vacancyFields}${applicantFields}
    applicant.values object/free open: Ответы в дополнительной анкете
    evaluation object: Оценка найма: её даёт заказчик работе рекрутеров, не кандидату
    evaluation.account_survey object
    evaluation.account_survey.id number
    evaluation.account_survey.name text
    evaluation.account_survey.schema object/form open
    evaluation.applicant object
    evaluation.applicant.birthday date: Дата рождения
    evaluation.applicant.company text: Последняя компания, в которой работал кандидат
    evaluation.applicant.email text/contact: Электронная почта
    evaluation.applicant.externals list
    evaluation.applicant.externals.account_source object
    evaluation.applicant.externals.account_source.id number
    evaluation.applicant.externals.account_source.name text/word
    evaluation.applicant.externals.auth_type text/word
    evaluation.applicant.externals.id number
    evaluation.applicant.externals.updated time
    evaluation.applicant.first_name text/first: Имя
    evaluation.applicant.has_photo boolean
    evaluation.applicant.id number: Идентификатор кандидата
    evaluation.applicant.last_name text/last: Фамилия
    evaluation.applicant.middle_name text/middle: Отчество
    evaluation.applicant.money text: Желаемая зарплата
    evaluation.applicant.pd_agreement object: Соглашение об обработке персональных данных
    evaluation.applicant.pd_agreement.decision_date time: Дата ответа
    evaluation.applicant.pd_agreement.state text/word: Согласие/несогласие кандидата
    evaluation.applicant.phone text/contact: Контактный телефон
    evaluation.applicant.photo object: Фотография кандидата
    evaluation.applicant.photo.content_type text/word: MIME тип
    evaluation.applicant.photo.id number: Идентификатор файла
    evaluation.applicant.photo.name text: Имя файла
    evaluation.applicant.photo.url text: Ссылка на фотографию кандидата
    evaluation.applicant.position text
    evaluation.applicant.questionary time: Дата заполнения/изменения дополнительной информации
    evaluation.applicant.skype text/contact open: Ник в скайпе
    evaluation.applicant.social list: Социальные сети кандидата
    evaluation.applicant.social.id number: Идентификатор
    evaluation.applicant.social.social_type text/word: Тип социальной сети
    evaluation.applicant.social.value text/contact
    evaluation.applicant.social.verification_date time open: Дата последней верификации
    evaluation.applicant.social.verified boolean: Аккаунт верифицирован (существует)
    evaluation.applicant.values object/free open: Дополнительные поля кандидата
    evaluation.applicant_log_id number: Запись в истории кандидата, к которой относится оценка
    evaluation.id number
    evaluation.stars number: Оценка работы рекрутеров
    evaluation.survey_answer object
    evaluation.survey_answer.created time
    evaluation.survey_answer.data object/free open
    evaluation.survey_answer.id number
    evaluation.survey_answer.respondent object
    evaluation.survey_answer.respondent.account_id number open
    evaluation.survey_answer.respondent.custom_id text
    evaluation.survey_answer.respondent.email text/contact
    evaluation.survey_answer.respondent.id number
    evaluation.survey_answer.respondent.name text/person
    evaluation.survey_answer.updated time
    evaluation.survey_answer_requests list
    evaluation.survey_answer_requests.created time
    evaluation.survey_answer_requests.id number
    evaluation.survey_answer_requests.respondent object
    evaluation.survey_answer_requests.respondent.account_id number open
    evaluation.survey_answer_requests.respondent.custom_id text
    evaluation.survey_answer_requests.respondent.email text/contact
    evaluation.survey_answer_requests.respondent.id number
    evaluation.survey_answer_requests.respondent.name text/person
    evaluation.survey_answer_requests.state text/word
    evaluation.vacancy object
    evaluation.vacancy.account_division object: Подразделение (если подразделения подключены)
    evaluation.vacancy.account_division.full_path list
    evaluation.vacancy.account_division.full_path.id number
    evaluation.vacancy.account_division.full_path.name text/word
    evaluation.vacancy.account_division.full_path.parent number
    evaluation.vacancy.account_division.id number: Идентификатор подразделения
    evaluation.vacancy.account_division.name text/word: Название подразделения
    evaluation.vacancy.account_region object: Регион
    evaluation.vacancy.account_region.id number: Идентификатор региона
    evaluation.vacancy.account_region.name text/word: Название региона
    evaluation.vacancy.applicants_to_hire number: Количество кандидатов к найму
    evaluation.vacancy.body text: Обязанности в формате HTML
    evaluation.vacancy.company text: Отдел, подразделение (null, если подключены подразделения)
    evaluation.vacancy.conditions text: Условия в формате HTML
    evaluation.vacancy.created time: Дата и время создания вакансии
    evaluation.vacancy.deadline date: Дата дедлайна по вакансии
    evaluation.vacancy.fill_quotas list: Список квот вакансии
    evaluation.vacancy.fill_quotas.applicants_to_hire number: Количество кандидатов к найму
    evaluation.vacancy.fill_quotas.closed time: Дата закрытия квоты
    evaluation.vacancy.fill_quotas.created time: Дата создания квоты
    evaluation.vacancy.fill_quotas.deadline date: Дата дедлайна квоты
    evaluation.vacancy.fill_quotas.id number: Идентификатор квоты
    evaluation.vacancy.fill_quotas.vacancy_request number: Идентификатор запроса на создание вакансии
    evaluation.vacancy.frame_id number: Идентификатор текущего фрейма вакансии
    evaluation.vacancy.hidden boolean: Скрыта ли вакансия от коллег
    evaluation.vacancy.id number: Идентификатор вакансии
    evaluation.vacancy.money text: Зарплата
    evaluation.vacancy.multiple boolean
    evaluation.vacancy.parent number open
    evaluation.vacancy.position text/word: Название вакансии (должности)
    evaluation.vacancy.priority number: Приоритет вакансии (может быть или 0 (обычный), или 1 (высокий))
    evaluation.vacancy.requirements text: Требования в формате HTML
    evaluation.vacancy.state text/word: Статус вакансии
    evaluation.vacancy.vacancy_frame_fill_quota object
    evaluation.vacancy.vacancy_frame_fill_quota.already_hired number
    evaluation.vacancy.vacancy_frame_fill_quota.applicants_to_hire number
    evaluation.vacancy.vacancy_frame_fill_quota.changed time
    evaluation.vacancy.vacancy_frame_fill_quota.closed time
    evaluation.vacancy.vacancy_frame_fill_quota.created time
    evaluation.vacancy.vacancy_frame_fill_quota.deadline date
    evaluation.vacancy.vacancy_frame_fill_quota.id number
    evaluation.vacancy.vacancy_frame_fill_quota.vacancy_frame number
    evaluation.vacancy.vacancy_frame_fill_quota.vacancy_request number
    evaluation.vacancy.vacancy_request object
    evaluation.vacancy.vacancy_request.account number
    evaluation.vacancy.vacancy_request.account_info object
    evaluation.vacancy.vacancy_request.account_info.email text/contact
    evaluation.vacancy.vacancy_request.account_info.id number
    evaluation.vacancy.vacancy_request.account_info.name text/person
    evaluation.vacancy.vacancy_request.account_vacancy_request number
    evaluation.vacancy.vacancy_request.changed time
    evaluation.vacancy.vacancy_request.created time
    evaluation.vacancy.vacancy_request.files list
    evaluation.vacancy.vacancy_request.files.content_type text/word
    evaluation.vacancy.vacancy_request.files.id number
    evaluation.vacancy.vacancy_request.files.name text
    evaluation.vacancy.vacancy_request.files.url text
    evaluation.vacancy.vacancy_request.id number
    evaluation.vacancy.vacancy_request.position text/word
    evaluation.vacancy.vacancy_request.states list
    evaluation.vacancy.vacancy_request.states.changed time
    evaluation.vacancy.vacancy_request.states.email text/contact
    evaluation.vacancy.vacancy_request.states.id number
    evaluation.vacancy.vacancy_request.states.order number
    evaluation.vacancy.vacancy_request.states.reason text
    evaluation.vacancy.vacancy_request.states.status text/word
    evaluation.vacancy.vacancy_request.status text/word
    evaluation.vacancy.vacancy_request.updated time
    evaluation.vacancy.vacancy_request.vacancy number
    evaluation.vacancy.vacancy_request.values object/free open
    evaluation.vacancy.values object/free open: Дополнительные поля вакансии
    vacancy.parent number open
  `,
};
