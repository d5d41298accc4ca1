import { Loader, Stack, Text } from '@mantine/core';
import { type Flow, hasErrors } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readFlow, readVersion } from '../api/flows.ts';
import { otherFlows } from '../api/other-flows.ts';
import { parseFlows } from '../document/parse-flows.ts';
import { useFlow, useOpenFlow, useProblems } from '../document/use-document.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { openSimulator, simulatorOf } from './simulator-state.ts';
import { TalkPanel } from './TalkPanel.tsx';
import { SimulatorContext } from './use-simulator.ts';

/** The flows that this one names, by id, in one text: another name asks the server again. */
const namedIn = (flow: Flow): string =>
  flow.nodes.flatMap(({ config }) => (typeof config.flow === 'string' ? [config.flow] : [])).join(' ');

/** The customer's phone beside the canvas: the flow as it stands, run in this browser by what production runs it with. */
export default function SimulatorPanel() {
  const { t } = useTranslation('simulator');
  const open = useOpenFlow();
  const named = useFlow(namedIn);
  const hasProblems = hasErrors(useProblems());
  const library = useQuery({
    queryKey: ['simulator', 'library', named],
    queryFn: async () => parseFlows(await otherFlows(flowNow(), { readFlow, readVersion })),
    placeholderData: (before) => before,
  });
  const flowNow = () => open.document.store.getSnapshot().context.flow;

  // Where the others cannot be read, the flow itself can still be tried
  const others = library.data ?? (library.error ? {} : null);
  if (others === null) return <Loader m="lg" size="sm" aria-label={t('loading')} />;
  if (hasProblems && !openSimulator(open))
    return (
      <Stack p="md">
        <Text size="sm">{t('broken.text')}</Text>
        <ProblemNote />
      </Stack>
    );
  return (
    <SimulatorContext value={simulatorOf(open, flowNow(), others)}>
      <TalkPanel library={others} hasProblems={hasProblems} />
    </SimulatorContext>
  );
}
