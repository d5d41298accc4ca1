const KEPT = 500; // the newest calls; older ones are forgotten
const SHOWN = 4_000; // characters of a body

export interface LogEntry {
  at: Date;
  /** `in`: somebody called the provider. `out`: the provider called a webhook. */
  way: 'in' | 'out';
  provider: 'meta' | 'twilio' | null;
  method: string;
  path: string;
  status: number | null;
  request: string | null;
  response: string | null;
  /** What went wrong, or which rule of the script acted. */
  note: string | null;
}

export type CallLog = ReturnType<typeof createCallLog>;

/** Calls and webhook tries, newest first, without secrets. */
export function createCallLog(now: () => Date) {
  let entries: LogEntry[] = [];
  return {
    add: (entry: Omit<LogEntry, 'at'>) => {
      const { path, request, response } = entry;
      const masked = {
        ...entry,
        path: mask(path),
        request: request && mask(request),
        response: response && mask(response),
      };
      entries = [{ at: now(), ...masked }, ...entries].slice(0, KEPT);
    },
    entries: () => entries,
    clear: () => {
      entries = [];
    },
  };
}

const SECRET =
  /((?:access_token|client_secret|input_token|verify_token|hub\.verify_token|auth_?token|app_?secret|pin|code)["']?\s*[=:]\s*["']?)[^&"'\s,}]+/gi;

const mask = (text: string): string => text.slice(0, SHOWN).replace(SECRET, '$1…');
