import { useState } from 'react';
import { wordsOf } from './control.ts';

/** Something that is sent to the simulator now and then: whether it is on its way, and what was refused. */
export function useSending() {
  const [isSending, setIsSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  async function send<Answer>(call: () => Promise<Answer>, onDone: (answer: Answer) => void): Promise<void> {
    setIsSending(true);
    setRefused(null);
    try {
      onDone(await call());
    } catch (error) {
      setRefused(wordsOf(error));
    } finally {
      setIsSending(false);
    }
  }

  return { isSending, refused, send };
}

/** Without the fields that were left empty. */
export const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])));
