import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readFlow } from '../../api/flows.ts';
import { readTemplates } from '../../api/templates.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { publishKey } from '../../document/use-live.ts';

export const TEMPLATES = ['templates'];

/** Has the server read all templates from WhatsApp, and judge the flow by them. */
export function useReadTemplates() {
  const queries = useQueryClient();
  const { document } = useOpenFlow();
  return useMutation({
    mutationFn: readTemplates,
    onSuccess: async () => {
      const [flow] = await Promise.all([
        readFlow(document.id).catch(() => null), // then the next saving says it
        queries.invalidateQueries({ queryKey: TEMPLATES }),
        queries.invalidateQueries({ queryKey: publishKey(document.id, 'state') }),
      ]);
      if (flow) document.judge(flow);
    },
  });
}
