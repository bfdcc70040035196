import { number, string } from 'yup';

export const usualLimit = 50;
const mostRows = 500;

/** What every list takes. */
export const pagingFields = {
  /** `next` of an earlier answer. */
  cursor: string().max(100),
  limit: number().integer().min(1).max(mostRows),
};
