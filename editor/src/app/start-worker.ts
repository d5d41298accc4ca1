/**
 * Lets the app open while its server is away. Only where the browser offers it (https or localhost) and only as built:
 * in development files have no hashes. Nothing depends on it, so a browser that refuses is not told about.
 */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // After what the page itself loads; the words are awaited, so the page may be complete before this runs
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register());
}

async function register(): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
    const { active } = await serviceWorker.ready;
    const tell = () => active?.postMessage(performance.getEntriesByType('resource').map(({ name }) => name));
    // What is fetched until the worker takes the page over passes it by: it is told once more then
    if (!serviceWorker.controller) serviceWorker.addEventListener('controllerchange', tell, { once: true });
    tell();
  } catch {
    // private windows and odd settings: the app works as before
  }
}
