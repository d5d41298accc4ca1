import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  activateFlow,
  type Clash,
  deactivateFlow,
  type FlowSummary,
  publishFlow,
  readClashes,
  readDependents,
  saveEdits,
} from '../../api/flows.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { BOTS } from './use-bot-list.ts';

/** What must be said before a switch turns. */
export type SwitchQuestion =
  | { kind: 'never'; bot: FlowSummary }
  | { kind: 'clash'; bot: FlowSummary; clashes: Clash[] }
  | { kind: 'inside'; bot: FlowSummary; inside: number };

/** Switching bots on and off, with a word before where others or people inside are concerned. */
export function useSwitching() {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  const [question, setQuestion] = useState<SwitchQuestion | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: BOTS });
  const onError = (error: Error) => say(errorWords(error), { tone: 'error' });

  const switching = useMutation({
    mutationFn: ({ bot, on }: { bot: FlowSummary; on: boolean }) => (on ? activateFlow : deactivateFlow)(bot.id),
    onSettled: refresh,
    onError,
    onSuccess: (_, { bot, on }) => {
      const undo = { label: t('undo'), run: () => switching.mutate({ bot, on: true }) };
      say(t(on ? 'activated' : 'deactivated', { name: bot.name }), { action: on ? null : undo });
    },
  });
  const asking = useMutation({
    mutationFn: ({ bot, on }: { bot: FlowSummary; on: boolean }) => questionBefore(bot, on),
    onError,
    onSuccess: (found, wanted) => (found ? setQuestion(found) : switching.mutate(wanted)),
  });
  const raising = useMutation({
    mutationFn: ({ bot, priority }: { bot: FlowSummary; priority: number }) => putFirst(bot, priority),
    onSettled: refresh,
    onError,
    onSuccess: (_, { bot }) => say(t('clash.raised', { name: bot.name })),
  });
  const isBusy = asking.isPending || switching.isPending || raising.isPending;
  const busy = asking.variables?.bot.id ?? switching.variables?.bot.id ?? null;
  return {
    question,
    close: () => setQuestion(null),
    busy: isBusy ? busy : null,
    turn(bot: FlowSummary, on: boolean) {
      if (on && bot.status === 'draft') setQuestion({ kind: 'never', bot });
      else asking.mutate({ bot, on });
    },
    /** Without a further question. */
    set(bot: FlowSummary, on: boolean) {
      setQuestion(null);
      switching.mutate({ bot, on });
    },
    raise(bot: FlowSummary, priority: number) {
      setQuestion(null);
      raising.mutate({ bot, priority });
    },
  };
}

async function questionBefore(bot: FlowSummary, on: boolean): Promise<SwitchQuestion | null> {
  if (on) {
    const clashes = await readClashes(bot.id);
    return clashes.length > 0 ? { kind: 'clash', bot, clashes } : null;
  }
  const { inside } = await readDependents(bot.id);
  return inside > 0 ? { kind: 'inside', bot, inside } : null;
}

/** The priority is a setting of the flow, so it becomes live by publishing. */
async function putFirst(bot: FlowSummary, priority: number): Promise<void> {
  const saved = await saveEdits(bot.id, bot.revision, [{ edit: 'setSetting', name: 'priority', value: priority }]);
  if (saved.kind === 'refused') throw saved.error;
  if (saved.kind === 'conflict') throw new Error(saved.changes.join(' '));
  await publishFlow(bot.id);
}
