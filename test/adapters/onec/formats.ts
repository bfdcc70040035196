/** The formats that every test of the wire runs over. */
export const formats = ['json', 'atom'] as const;
