const HEAD = 80; // pixels: what may lie over the beginning of a list, such as a stepper

/** Scrolls a line of a list into sight, no farther than needed; one that is higher than there is room, to its beginning. */
export function scrollIntoView(line: Element | null | undefined): void {
  const room = line?.closest('[data-own-keys]')?.clientHeight ?? window.innerHeight;
  const isHigh = (line?.getBoundingClientRect().height ?? 0) > room - 2 * HEAD;
  line?.scrollIntoView({ block: isHigh ? 'start' : 'nearest' });
}
