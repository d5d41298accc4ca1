import { z } from 'zod';

/** The id of a way that leaves a node: a port's name, so it stays as it is and holds no template. */
export const WayId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use 1 to 64 letters, digits, "-" or "_".')
  .meta({ label: 'Id', input: 'way' });

/** Two ways of one id could not be told apart, nor one that is called as a port of the node's own. */
export function refuseSameWays(
  ids: readonly string[],
  own: readonly string[],
  pathOf: (index: number) => PropertyKey[],
  ctx: z.core.$RefinementCtx<unknown>,
): void {
  ids.forEach((id, index) => {
    const issue = (message: string, says: string) =>
      ctx.addIssue({ code: 'custom', path: pathOf(index), message, params: { says, id } });
    if (own.includes(id)) issue(`"${id}" is the name of a port; choose another.`, 'reserved_id');
    if (ids.indexOf(id) < index) issue(`Two ways are called ${id}. Give each its own name.`, 'same_id');
  });
}
