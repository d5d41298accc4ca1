/** As somebody types or pastes it: `+44 (7911) 123-456`, `0044…`. */
export const plainNumber = (text: string): string => text.replace(/[\s().-]/g, '').replace(/^00/, '+');

export const isNumber = (text: string): boolean => /^\+\d{7,15}$/.test(plainNumber(text));
