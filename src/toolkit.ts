export { errorCode, errorPath } from './process/error-code.ts';
