import { Button, Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyStep } from '../api/counts.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { useBotId } from '../document/use-live.ts';
import { BackButton } from '../ui/BackButton.tsx';
import { errorWords } from '../ui/error-words.ts';
import { isolate } from '../ui/isolate.ts';
import { Stepper } from '../ui/Stepper.tsx';
import { Trouble } from '../ui/Trouble.tsx';
import { closeInAddress } from '../ui/use-address.ts';
import { useKeysInPane } from '../ui/use-keys-in-pane.ts';
import classes from './counts.module.css';
import { JourneySteps } from './JourneySteps.tsx';
import { JourneyVariables } from './JourneyVariables.tsx';
import { journeyLayer, onCanvas } from './journey-layer.ts';
import { StepPlace } from './StepPlace.tsx';
import { useJourney } from './use-journey.ts';

const LAYER = 'journey';

/** The way of one conversation, step by step in the list and on the canvas. */
export function JourneyView({ conversation }: { conversation: string }) {
  const { t } = useTranslation('counts');
  const { query, newest, steps, sessionOf } = useJourney(conversation);
  // By id: steps are added at both ends while somebody looks
  const [chosen, setChosen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useKeysInPane(heading);
  const index = chosen === null ? steps.length - 1 : steps.findIndex(({ id }) => id === chosen);
  const step = steps[index];
  const session = step && sessionOf(step.session);
  useJourneyLayer(steps, index, session?.flow);
  const contact = newest?.conversation.contact;
  const name = contact ? (contact.name ?? contact.phone ?? t('people.unknown')) : '';
  const go = (to: number) => setChosen(steps[to]?.id ?? chosen);
  return (
    <>
      <BackButton label={t('journey.back')} onBack={() => closeInAddress('journey')} />
      <h3 ref={heading} className={classes.heading}>
        {name === '' ? t('journey.title') : t('journey.of', { name: isolate(name) })}
      </h3>
      {step && (
        <Stepper
          place={t('journey.place', { number: index + 1, count: steps.length })}
          previousLabel={t('journey.previous')}
          nextLabel={t('journey.next')}
          onPrevious={index > 0 ? () => go(index - 1) : undefined}
          onNext={index < steps.length - 1 ? () => go(index + 1) : undefined}
        />
      )}
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
  const id = useBotId();
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
