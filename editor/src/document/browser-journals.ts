import { createJournals, type HoldName, type Journals } from './open-journal.ts';

/** Web Locks end with their page, however it ends: who holds one is alive. */
const holdByLock: HoldName = (name) =>
  new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });

const ANSWER = 200; // ms in which a living tab answers

/** Over plain HTTP from another machine there are no locks: then the tabs ask each other. */
function holdByAsking(): HoldName {
  const channel = new BroadcastChannel('parley.journals');
  const held = new Set<string>();
  channel.addEventListener('message', ({ data }: MessageEvent<{ asks?: string }>) => {
    if (data.asks !== undefined && held.has(data.asks)) channel.postMessage({ holds: data.asks });
  });
  return (name) =>
    new Promise((resolve) => {
      const hear = ({ data }: MessageEvent<{ holds?: string }>) => data.holds === name && end(null);
      const take = () => {
        held.add(name);
        end(() => held.delete(name));
      };
      const timer = setTimeout(take, ANSWER);
      const end = (release: (() => void) | null) => {
        clearTimeout(timer);
        channel.removeEventListener('message', hear);
        resolve(release);
      };
      if (held.has(name)) return end(null);
      channel.addEventListener('message', hear);
      channel.postMessage({ asks: name });
    });
}

/** Sixteen or so, by chance: a name that nothing else has. */
export const randomLetters = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36).padStart(2, '0')).join('');

/** The journals of this browser. */
export const browserJournals: Journals = createJournals({
  storage: localStorage,
  session: sessionStorage,
  hold: 'locks' in navigator ? holdByLock : holdByAsking(),
  newId: randomLetters,
});
