/**
 * For each node the loop that it is part of: all nodes that can be reached from it and lead back to it, itself included.
 * A node of no loop is not in the answer. Tarjan's strongly connected components, on a stack of our own: a flow of
 * 2,000 nodes in a row would overflow the machine's.
 */
export function cyclesOf(
  nodes: readonly string[],
  next: ReadonlyMap<string, readonly string[]>,
): Map<string, ReadonlySet<string>> {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles = new Map<string, ReadonlySet<string>>();

  const begin = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.get(id) ?? 0);
    open.push(id);
    isOpen.add(id);
    return { id, rest: [...(next.get(id) ?? [])] };
  };
  const lower = (id: string, to: number | undefined) => low.set(id, Math.min(low.get(id) ?? 0, to ?? 0));

  for (const root of nodes) {
    if (index.has(root)) continue;
    const walk = [begin(root)];
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const target = top.rest.pop();
      if (target !== undefined) {
        if (!index.has(target)) walk.push(begin(target));
        else if (isOpen.has(target)) lower(top.id, index.get(target));
        continue;
      }
      walk.pop();
      const above = walk.at(-1);
      if (above) lower(above.id, low.get(top.id));
      if (low.get(top.id) === index.get(top.id)) close(top.id);
    }
  }
  return cycles;

  function close(id: string): void {
    const component = new Set(open.splice(open.indexOf(id)));
    for (const one of component) isOpen.delete(one);
    if (component.size === 1 && !next.get(id)?.includes(id)) return;
    for (const one of component) cycles.set(one, component);
  }
}

/**
 * The nodes of a loop from which coming back to its head is the next turn, the head included. Coming from any other node
 * of its circle begins anew: what the flow also reaches before the head ("start over") is no part of the loop. Where every
 * node is also reached past the head there is no telling, and the whole circle counts.
 */
export function bodyOf(
  head: string,
  cycle: ReadonlySet<string>,
  next: ReadonlyMap<string, readonly string[]>,
  triggers: readonly string[],
): ReadonlySet<string> {
  const before = new Set<string>();
  const open = triggers.filter((id) => id !== head);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (before.has(id)) continue;
    before.add(id);
    open.push(...(next.get(id) ?? []).filter((target) => target !== head));
  }
  const body = new Set([...cycle].filter((id) => !before.has(id)));
  const isClosed = body.size > 1 || (next.get(head) ?? []).includes(head);
  return isClosed ? body : cycle;
}
