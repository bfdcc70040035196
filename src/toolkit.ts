export { errorCode, errorPath } from './process/error-code.ts';
export { diskError, diskText, ifPresent } from './targets/disk-error.ts';
export { WrittenFolder } from './targets/written-folder.ts';
