import { Loader, Stack, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readFlow, readVersion } from '../api/flows.ts';
import { otherFlowsToTry } from '../api/other-flows.ts';
import { parseFlows } from '../document/parse-flows.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { useBotState, useVersionFlow } from '../document/use-live.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { openSimulator, simulatorOf } from './simulator-state.ts';
import { TalkPanel } from './TalkPanel.tsx';
import { useRunErrors } from './use-run-errors.ts';
import { SimulatorContext } from './use-simulator.ts';

const NO_OTHERS = { flows: {}, drafts: [] };

/** The flows that this one names, by id, in one text: another name asks the server again. */
const namedIn = (flow: Flow): string =>
  flow.nodes.flatMap(({ config }) => (typeof config.flow === 'string' ? [config.flow] : [])).join(' ');

/** The customer's phone beside the canvas: the flow as it stands, run in this browser by what production runs it with. */
export default function SimulatorPanel() {
  const { t } = useTranslation('simulator');
  const open = useOpenFlow();
  const draftNames = useFlow(namedIn);
  const live = useVersionFlow(useBotState().data?.published?.version ?? null).data ?? null;
  const named = [draftNames, live ? namedIn(live) : ''].join(' ');
  const library = useQuery({
    queryKey: ['simulator', 'library', named],
    queryFn: async () => {
      const { documents, drafts } = await otherFlowsToTry(
        { nodes: [...flowNow().nodes, ...(live?.nodes ?? [])] },
        { readFlow, readVersion },
      );
      return { flows: parseFlows(documents), drafts };
    },
    placeholderData: (before) => before,
  });
  const flowNow = () => open.document.store.getSnapshot().context.flow;

  // Where the others cannot be read, the flow itself can still be tried
  const others = library.data ?? (library.error ? NO_OTHERS : null);
  const errors = useRunErrors(others?.flows ?? NO_OTHERS.flows);
  if (others === null) return <Loader m="lg" size="sm" aria-label={t('loading')} />;
  if (errors.length > 0 && !openSimulator(open))
    return (
      <Stack p="md">
        <Text size="sm">{t('broken.text')}</Text>
        <ProblemNote errors={errors} />
      </Stack>
    );
  return (
    <SimulatorContext value={simulatorOf(open, flowNow(), others.flows)}>
      <TalkPanel library={others.flows} drafts={others.drafts} errors={errors} />
    </SimulatorContext>
  );
}
