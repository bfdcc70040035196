import type { Language } from '../../text.ts';

/** A mapping that gives the adapter its record, with a test. */
export function mappingFile(name: string, language: Language): string {
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  return `# ${say('Какое событие становится какой записью', 'Which event becomes which record')}: docs/mappings${language === 'ru' ? '.ru' : ''}.md
mapping: hire-to-${name}
title: ${say('Выход на работу', 'Hire')} → ${name}
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: ${name}
record:
  applicant: =applicant.id
  name: '=$join([applicant.last_name, applicant.first_name], " ")'
  from: { from: =log.employment_date, as: date, required: true }
tests:
  - name: ${say('кандидата вывели на работу', 'somebody is hired')}
    given: fixtures/applicant-status-hired.json
    expect: { applicant: 17, name: Иванова Анна, from: 2026-12-01 }
`;
}
