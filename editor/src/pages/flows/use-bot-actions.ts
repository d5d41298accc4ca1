import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exportFlows } from '../../api/exchange.ts';
import {
  createNamed,
  deactivateFlow,
  type FlowSummary,
  readFlow,
  removeFlow,
  renameFlow,
  tagFlow,
} from '../../api/flows.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { goTo } from '../../ui/use-address.ts';
import { download } from './download.ts';
import { fileNameOf } from './file-name.ts';
import { forEachBot, type Outcome } from './for-each-bot.ts';
import { pathOfBot } from './list-address.ts';
import { BOTS } from './use-bot-list.ts';

const MAX_NAME = 200; // letters, as the server has it

/** What can be done with one bot or with several, apart from switching one on. */
export function useBotActions() {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: BOTS });
  const onError = (error: Error) => say(errorWords(error), { tone: 'error' });
  const failures = ({ failed }: Outcome) => {
    const [first] = failed;
    if (!first) return;
    const names = failed.map(({ bot }) => bot.name).join(', ');
    say(t('bulk.failed', { count: failed.length, names, reason: errorWords(first.error) }), { tone: 'error' });
  };

  const renaming = useMutation({
    mutationFn: ({ bot, name }: { bot: FlowSummary; name: string }) => renameFlow(bot.id, name),
    onSettled: refresh,
    onError,
    onSuccess: ({ name }) => say(t('rename.done', { name })),
  });
  const tagging = useMutation({
    mutationFn: ({ bots, tags }: { bots: readonly FlowSummary[]; tags: readonly string[] }) =>
      // One bot gets exactly these; several keep what they have beside them
      forEachBot(bots, (bot) => tagFlow(bot.id, bots.length === 1 ? tags : [...bot.tags, ...tags])),
    onSettled: refresh,
    onSuccess: (outcome, { bots }) => {
      failures(outcome);
      if (outcome.done > 0) say(bots.length === 1 ? t('tagging.done') : t('bulk.tag_done', { count: outcome.done }));
    },
  });
  const copying = useMutation({
    mutationFn: async (bot: FlowSummary) => {
      const { document, tags } = await readFlow(bot.id);
      const name = t('copyName', { name: bot.name }).slice(0, MAX_NAME);
      return createNamed(name, 'name' in document ? { ...document, name } : document, tags);
    },
    onSettled: refresh,
    onError,
    onSuccess: ({ id, name }) => {
      say(t('copied', { name }));
      goTo(pathOfBot(id));
    },
  });
  const exporting = useMutation({
    mutationFn: (bots: readonly FlowSummary[]) => exportFlows(bots.map(({ id }) => id)),
    onError,
    onSuccess: (file, bots) => {
      const [only] = bots;
      const name = bots.length === 1 && only ? only.name : t('fileOfMany');
      download(fileNameOf(name, t('fileOfMany')), file);
      say(t('exported', { count: bots.length }));
    },
  });
  const removing = useMutation({
    mutationFn: removeAll,
    onSettled: refresh,
    onSuccess: (outcome, bots) => {
      failures(outcome);
      const [only] = bots;
      if (outcome.done === 0) return;
      say(
        bots.length === 1 && only
          ? t('remove.done', { name: only.name })
          : t('bulk.remove_done', { count: outcome.done }),
      );
    },
  });
  const stopping = useMutation({
    mutationFn: (bots: readonly FlowSummary[]) =>
      forEachBot(
        bots.filter(({ status }) => status === 'active'),
        (bot) => deactivateFlow(bot.id),
      ),
    onSettled: refresh,
    onSuccess: (outcome) => {
      failures(outcome);
      if (outcome.failed.length === 0) say(t('bulk.off_done', { count: outcome.done }));
    },
  });
  return {
    rename: (bot: FlowSummary, name: string) => renaming.mutate({ bot, name }),
    tag: (bots: readonly FlowSummary[], tags: readonly string[]) => tagging.mutate({ bots, tags }),
    duplicate: (bot: FlowSummary) => copying.mutate(bot),
    exportBots: (bots: readonly FlowSummary[]) => exporting.mutate(bots),
    remove: (bots: readonly FlowSummary[]) => removing.mutate(bots),
    stop: (bots: readonly FlowSummary[]) => stopping.mutate(bots),
  };
}

/** A bot that another one runs goes after that one: what was refused is tried again as long as others went. */
async function removeAll(bots: readonly FlowSummary[]): Promise<Outcome> {
  const outcome = await forEachBot(bots, (bot) => removeFlow(bot.id));
  if (outcome.done === 0 || outcome.failed.length === 0) return outcome;
  const again = await removeAll(outcome.failed.map(({ bot }) => bot));
  return { done: outcome.done + again.done, failed: again.failed };
}
