import { RequestError } from './request.ts';

/** `/email` belongs to the field `email`; its label names it, so its name is taken off the words. */
export function errorsAt<Name extends string>(error: Error, isField: (name: string) => name is Name) {
  const found: Partial<Record<Name, string>> = {};
  for (const { path, message } of error instanceof RequestError ? error.errors : []) {
    const name = path.slice(1);
    if (isField(name)) found[name] = message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
  }
  return found;
}
