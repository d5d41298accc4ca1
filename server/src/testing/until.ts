const LOOK_EVERY = 20; // ms

/** Resolves with what the condition gives as soon as it holds. Rejects, in words, when the time is over. */
export async function until<Found>(
  what: string,
  milliseconds: number,
  condition: () => Promise<Found | null | false> | Found | null | false,
): Promise<Found> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const found = await condition();
    if (found !== null && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`after ${milliseconds} ms still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
