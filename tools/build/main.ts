import { bundle } from './bundle.ts';

const { files, bytes } = await bundle();
console.log(`the program: ${files} files, ${Math.round(bytes / 1024)} KB`);
