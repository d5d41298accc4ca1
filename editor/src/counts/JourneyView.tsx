import { ActionIcon, Button, Loader, Text } from '@mantine/core';
import { IconArrowLeft, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyStep } from '../api/counts.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { isolate } from '../ui/isolate.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { closeInAddress } from '../ui/use-address.ts';
import classes from './counts.module.css';
import { JourneySteps } from './JourneySteps.tsx';
import { JourneyVariables } from './JourneyVariables.tsx';
import { journeyLayer, onCanvas } from './journey-layer.ts';
import { StepPlace } from './StepPlace.tsx';
import { useFlowId } from './use-flow-id.ts';
import { useJourney } from './use-journey.ts';

const LAYER = 'journey';

/** The way of one conversation, step by step in the list and on the canvas. */
export function JourneyView({ conversation }: { conversation: string }) {
  const { t } = useTranslation('counts');
  const { query, newest, steps, sessionOf } = useJourney(conversation);
  // By id: steps are added at both ends while somebody looks
  const [chosen, setChosen] = useState<string | null>(null);
  const index = chosen === null ? steps.length - 1 : steps.findIndex(({ id }) => id === chosen);
  const step = steps[index];
  const session = step && sessionOf(step.session);
  useJourneyLayer(steps, index, session?.flow);
  const contact = newest?.conversation.contact;
  const name = contact ? (contact.name ?? contact.phone ?? t('people.unknown')) : '';
  const go = (to: number) => setChosen(steps[to]?.id ?? chosen);
  return (
    <>
      <Button
        className={classes.back}
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowLeft size={16} aria-hidden className={classes.directed} />}
        onClick={() => closeInAddress('journey')}
      >
        {t('journey.back')}
      </Button>
      <h3 className={classes.heading}>{name === '' ? t('journey.title') : t('journey.of', { name: isolate(name) })}</h3>
      {query.isLoading && <Loader size="sm" aria-label={t('journey.loading')} />}
      {query.error && (
        <Trouble
          text={errorWords(query.error)}
          action={{ label: t('tryAgain'), onClick: () => void query.refetch() }}
        />
      )}
      {newest && steps.length === 0 && <Text size="sm">{t('journey.empty')}</Text>}
      {step && session && (
        <>
          <div className={classes.stepper}>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('journey.previous')}
              disabled={index === 0}
              onClick={() => go(index - 1)}
            >
              <IconChevronLeft size={18} aria-hidden className={classes.directed} />
            </ActionIcon>
            <span role="status">{t('journey.place', { number: index + 1, count: steps.length })}</span>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('journey.next')}
              disabled={index === steps.length - 1}
              onClick={() => go(index + 1)}
            >
              <IconChevronRight size={18} aria-hidden className={classes.directed} />
            </ActionIcon>
          </div>
          <StepPlace session={session} node={step.node} conversation={conversation} />
          {query.hasNextPage && (
            <Button
              variant="default"
              size="xs"
              loading={query.isFetchingNextPage}
              onClick={() => {
                setChosen(step.id);
                void query.fetchNextPage();
              }}
            >
              {t('journey.earlier')}
            </Button>
          )}
          <JourneySteps steps={steps} current={index} name={name} sessionOf={sessionOf} onGo={go} />
          {newest?.variables && <JourneyVariables variables={newest.variables} />}
        </>
      )}
    </>
  );
}

/** Draws the way on the canvas, and brings the place of the step into sight. */
function useJourneyLayer(steps: readonly JourneyStep[], index: number, flowOfStep: string | undefined): void {
  const { t } = useTranslation('counts');
  const { workbench } = useOpenFlow();
  const flow = useFlow((one) => one);
  const id = useFlowId();
  const isHere = flowOfStep === id;
  const key = steps[index]?.id;
  const node = isHere ? onCanvas(steps[index]?.node ?? '') : '';
  useEffect(() => {
    workbench.draw(LAYER, isHere ? journeyLayer(flow, steps, index, t('journey.here')) : null);
  }, [workbench, flow, steps, index, isHere, t]);
  // Only when the step is another one: not with every look for news
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step's key stands for where it leads
  useEffect(() => {
    if (flow.nodes.some((one) => one.id === node)) workbench.show({ node });
  }, [key, node]);
  useEffect(() => () => workbench.draw(LAYER, null), [workbench]);
}
