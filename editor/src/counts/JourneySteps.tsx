import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Journey, JourneyStep } from '../api/counts.ts';
import { useFormats } from '../ui/formats.ts';
import { scrollIntoView } from '../ui/scroll-into-view.ts';
import { useOwnWords } from '../ui/use-own-words.ts';
import classes from './counts.module.css';
import { StepWords } from './StepWords.tsx';

interface JourneyStepsProps {
  steps: readonly JourneyStep[];
  current: number;
  name: string;
  sessionOf: (id: string) => Journey['sessions'][number] | undefined;
  onGo: (index: number) => void;
}

/** The steps in order; arrow keys go from one to the next. */
export function JourneySteps({ steps, current, name, sessionOf, onGo }: JourneyStepsProps) {
  const { t } = useTranslation('counts');
  const { date } = useFormats();
  const own = useOwnWords();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const button = list.current?.querySelectorAll<HTMLButtonElement>('button')[current];
    scrollIntoView(button);
    // Whoever goes by keys stays on the step that they have come to
    if (list.current?.contains(document.activeElement)) button?.focus({ preventScroll: true });
  }, [current]);
  const press = (event: KeyboardEvent) => {
    const to = targetOf(event.key, current, steps.length, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (to === null) return;
    event.preventDefault();
    onGo(to);
  };
  return (
    <ol ref={list} className={classes.steps} aria-label={t('journey.steps')} onKeyDown={press}>
      {steps.map((step, index) => {
        const session = sessionOf(step.session);
        const begins = session && step.session !== steps[index - 1]?.session;
        const day = date(new Date(step.at));
        const before = steps[index - 1];
        const isNewDay = !before || date(new Date(before.at)) !== day;
        return (
          <li key={step.id}>
            {isNewDay && <p className={classes.day}>{day}</p>}
            {begins && (
              <p className={classes.session}>
                {t(session.version < 0 ? 'journey.beginsDraft' : 'journey.begins', {
                  flow: own(session.flowName ?? t('journey.gone')),
                  version: session.version,
                })}
              </p>
            )}
            <button
              type="button"
              className={classes.step}
              aria-current={index === current ? 'step' : undefined}
              tabIndex={index === current ? 0 : -1}
              onClick={() => onGo(index)}
            >
              <StepWords step={step} name={name} session={session} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function targetOf(key: string, current: number, count: number, isRightToLeft: boolean): number | null {
  const [back, on] = isRightToLeft ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  if (key === 'ArrowUp' || key === back) return Math.max(0, current - 1);
  if (key === 'ArrowDown' || key === on) return Math.min(count - 1, current + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
