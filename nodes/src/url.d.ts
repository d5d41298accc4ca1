/** WHATWG URL: the one global besides the language that nodes use; every browser and Node have it. */
declare class URL {
  constructor(url: string, base?: string);
  searchParams: { append(name: string, value: string): void };
  toString(): string;
}
