import { number } from 'yup';
import './shape.ts';

/** The id of a row as somebody asks for it: what is no exact number is none, and no database would take it. */
export const rowId = () => number().integer().min(1).max(Number.MAX_SAFE_INTEGER);
