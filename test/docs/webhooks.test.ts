import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { webhooksPage } from '../../tools/webhook-pages/page.ts';

describe('the pages of webhooks', () => {
  for (const [language, file] of [
    ['en', 'webhooks.md'],
    ['ru', 'webhooks.ru.md'],
  ] as const)
    it(`are what npm run schema makes: ${file}`, () => {
      const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
      expect(page).to.equal(webhooksPage(language));
      expect(page).to.include('RECRUITMENT-EVALUATION').and.to.include('`vacancy.vacancy_request.account_info.email`');
    });
});
