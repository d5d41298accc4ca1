import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addExample } from '../../api/examples.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { goTo } from '../../ui/use-address.ts';
import { pathOfBot } from './list-address.ts';
import { BOTS } from './use-bot-list.ts';

/** Adds an example under its title in the person's language, and opens it. */
export function useAddExample() {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, title }: { name: string; title: string }) => addExample(name, title),
    onError: (error) => say(errorWords(error), { tone: 'error' }),
    onSuccess: ({ flows: [bot] }) => {
      void client.invalidateQueries({ queryKey: BOTS });
      if (!bot) return;
      say(t('gallery.added', { name: bot.name }));
      goTo(pathOfBot(bot.id));
    },
  });
}
