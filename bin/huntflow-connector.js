#!/usr/bin/env node
// Plain JavaScript that every Node understands: an older one gets a sentence instead of a syntax error.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const russian = /^ru/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
  // In a copy of the repository npm ci has brought the right version; beside an installed package nobody has.
  const installed = import.meta.url.includes('/node_modules/');
  const remedy = installed
    ? russian
      ? 'поставьте его с nodejs.org или рядом, в этой же папке: npm install node@24, и повторите команду через npx'
      : 'install it from nodejs.org, or beside the package, in this very folder: npm install node@24, and repeat the command with npx'
    : russian
      ? 'установите его с nodejs.org или запускайте через npm в папке проекта (npm start, npx huntflow-connector …), там нужная версия уже есть'
      : 'install it from nodejs.org, or run it through npm in the project folder (npm start, npx huntflow-connector …), which brings the right version along';
  console.error(russian
    ? `huntflow-connector нужен Node.js 22.18 или новее, а это ${process.versions.node}: ${remedy}.`
    : `huntflow-connector needs Node.js 22.18 or newer and this is ${process.versions.node}: ${remedy}.`);
  process.exit(1);
}

const built = new URL('../dist/src/main.js', import.meta.url);
const source = new URL('../src/main.ts', import.meta.url);
// Node runs no .ts below node_modules, so an installed package brings its build.
await import((import.meta.url.includes('/node_modules/') && existsSync(built) ? built : source).href);
