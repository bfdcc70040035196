/** Codes of what was ended here: the deadline passed, the caller's signal was aborted, the answer grew too large. */
export const cutCodes = { late: 'DEADLINE', aborted: 'ERR_CANCELED', large: 'ANSWER_TOO_LARGE' } as const;
