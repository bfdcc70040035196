import { buildPage } from './build.ts';

const { files, bytes } = await buildPage();
console.log(`the console's page: ${files} files, ${Math.round(bytes / 1024)} KB`);
