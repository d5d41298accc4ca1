/** Every element of a mutant bears a mark of its own where its id stood, to be found again whatever became of the rest. */
export const markOf = (mutant: number, element: number): string => `fz${mutant}q${element}z`;

const MARK = /fz\d+q\d+z/g;

/** The marks that a text, or the JSON of a value, still holds. */
export const marksIn = (text: string): Set<string> => new Set(text.match(MARK));
