const CALM = 5_000; // ms: the clock and what was added elsewhere are told by no event
const ANXIOUS = 1_500; // ms, while the stream of events is broken

/** Calls `onChange` whenever the simulator tells of a change, and now and then; gives what ends it. */
export function watchChanges(onChange: () => void): () => void {
  const events = new EventSource('/_/events');
  let timer = setInterval(onChange, ANXIOUS);
  const every = (pause: number) => {
    clearInterval(timer);
    timer = setInterval(onChange, pause);
  };
  events.addEventListener('chat', onChange);
  events.addEventListener('open', () => {
    every(CALM);
    onChange();
  });
  // The browser itself tries again
  events.addEventListener('error', () => every(ANXIOUS));
  document.addEventListener('visibilitychange', onChange);
  return () => {
    clearInterval(timer);
    events.close();
    document.removeEventListener('visibilitychange', onChange);
  };
}
