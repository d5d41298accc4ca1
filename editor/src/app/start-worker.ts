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
    // All along, not once: a file that was asked for before the worker took the page over may arrive long after
    const tell = (entries: PerformanceEntryList) => {
      const files = entries.map(({ name }) => name).filter((name) => name.includes('/assets/'));
      if (files.length > 0) (serviceWorker.controller ?? active)?.postMessage(files);
    };
    new PerformanceObserver((list) => tell(list.getEntries())).observe({ type: 'resource', buffered: true });
  } catch {
    // private windows and odd settings: the app works as before
  }
}
