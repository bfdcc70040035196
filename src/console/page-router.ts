import { randomBytes } from 'node:crypto';
import Router, { type RouterContext } from '@koa/router';
import { ApiError } from './api/api-error.ts';
import type { PageFiles } from './page-files.ts';

export interface PageRouterParts {
  /** Undefined: nobody has built the page. */
  readonly files: PageFiles | undefined;
  /** IANA name; all times are shown in it. */
  readonly zone: string;
  /** Throws ApiError for whoever may not even see the page; else whether somebody is known, who need not log in. */
  readonly admit: (context: RouterContext) => Promise<boolean>;
}

/** `GET /console/…`: one document for every screen, and the files that it is made of. */
export function pageRouter({ files, zone, admit }: PageRouterParts): Router {
  const router = new Router<PageState>();
  router.use(async (context: PageContext, next) => {
    try {
      context.state.known = await admit(context);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      context.status = error.status;
      context.type = 'text/plain; charset=utf-8';
      context.body = `${error.text.ru}\n${error.text.en}\n`;
      return;
    }
    await next();
  });
  router.get('/', (context) => context.redirect('/console/'));
  router.get('/console/assets/:name', (context) => {
    const file = files?.find(context.params['name'] ?? '');
    context.set({ 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' });
    if (file === undefined) {
      context.status = 404;
      return;
    }
    // Its name changes with its content.
    context.set('Cache-Control', 'public, max-age=31536000, immutable');
    context.type = file.type;
    context.vary('Accept-Encoding');
    if (file.gzip !== undefined && context.acceptsEncodings('gzip', 'identity') === 'gzip') {
      context.set('Content-Encoding', 'gzip');
      context.body = file.gzip;
    } else context.body = file.bytes;
  });
  router.get('/console{/*screen}', (context: PageContext) => {
    const nonce = randomBytes(16).toString('base64');
    context.set({ ...security, 'Content-Security-Policy': policy(nonce), 'Cache-Control': 'no-store' });
    context.type = 'text/html; charset=utf-8';
    context.status = files === undefined ? 503 : 200;
    const { known } = context.state;
    context.body =
      files === undefined ? unbuilt : document({ files, zone, nonce, known, russian: prefersRussian(context) });
  });
  return router;
}

interface PageState {
  known: boolean;
}
type PageContext = RouterContext<PageState>;

const security = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** No script and no style but ours; the widgets and the editor bring styles of their own with the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}

function prefersRussian(context: { acceptsLanguages: (...languages: string[]) => string | false }): boolean {
  return context.acceptsLanguages('ru', 'en') === 'ru';
}

interface Shown {
  readonly files: PageFiles;
  readonly zone: string;
  readonly nonce: string;
  /** Who looks need not log in. */
  readonly known: boolean;
  readonly russian: boolean;
}

function document({ files, zone, nonce, known, russian }: Shown): string {
  const language = russian ? 'ru' : 'en';
  const attributes = [
    `lang="${language}" data-language="${language}" data-zone="${attribute(zone)}"`,
    `data-door="${known ? 'open' : 'locked'}" data-script="${files.script}"`,
  ].join(' ');
  return `<!doctype html>
<html ${attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="csp-nonce" nonce="${nonce}">
<title>Huntflow connector</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="/console/assets/${files.style}">
<script type="module" src="/console/assets/${files.script}"></script>
</head>
<body><div id="page"></div><noscript>JavaScript is needed · Нужен JavaScript</noscript></body>
</html>
`;
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#2f5d50"/>' +
  '<path d="M7 10h7c5 0 4 12 9 12h2" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>' +
  '<circle cx="25" cy="22" r="3" fill="#ffd27d"/></svg>';

const unbuilt =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Huntflow connector</title>' +
  '<p>The page of the console is not built: run <code>npm run build:page</code>. The API under /api works without it.' +
  '<p lang="ru">Страница консоли не собрана: выполните <code>npm run build:page</code>. API под /api работает и без неё.' +
  '</html>';

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
