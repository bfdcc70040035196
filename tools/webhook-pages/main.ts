import { writeFileSync } from 'node:fs';
import { webhooksPage } from './page.ts';

writeFileSync(new URL('../../docs/webhooks.md', import.meta.url), webhooksPage('en'));
writeFileSync(new URL('../../docs/webhooks.ru.md', import.meta.url), webhooksPage('ru'));
