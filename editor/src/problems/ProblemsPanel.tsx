import { ActionIcon, SegmentedControl, Text, Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconCircleDashed,
} from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countTones, type ProblemTone, problemTone } from '../document/flow-problem.ts';
import { useKindBelow, useNodeName } from '../document/node-name.ts';
import { useProblemPlace, useProblemWords } from '../document/problem-words.ts';
import { useFlow, useProblems } from '../document/use-document.ts';
import {
  type Grouping,
  groupProblems,
  type ListedProblem,
  listProblems,
  type ProblemGroup,
  type Severity,
} from './problem-groups.ts';
import classes from './problems.module.css';
import { useProblemSteps, useShowProblem } from './use-problem-steps.ts';

const MOST = 200; // lines at a time: nobody mends more, and each is drawn

const TONES: readonly ProblemTone[] = ['unfinished', 'error', 'warning'];
const COUNTS = { unfinished: 'unfinished', error: 'errors', warning: 'warnings' } as const;
const SIGNS = { unfinished: IconCircleDashed, error: IconAlertCircle, warning: IconAlertTriangle };

/** All that the checks say of the bot, each with the way to the place where it is mended. */
export default function ProblemsPanel() {
  const { t } = useTranslation('problems');
  const problems = useDeferredValue(useProblems());
  const flow = useFlow((whole) => whole);
  const [severity, setSeverity] = useState<Severity>('all');
  const [grouping, setGrouping] = useState<Grouping>('step');
  const steps = useProblemSteps();
  const listed = useMemo(() => listProblems(problems, flow), [problems, flow]);
  const counts = countTones(problems);
  // What is shown stays what was asked for, also when nothing of it is left
  const tones = TONES.filter((tone) => tone === severity || counts[tone] > 0);
  const chosen = listed.filter(({ problem }) => severity === 'all' || problemTone(problem) === severity);

  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <Text fw={600} role="status" className={classes.summary}>
          {listed.length === 0
            ? t('none')
            : TONES.filter((tone) => counts[tone] > 0)
                .map((tone) => t(COUNTS[tone], { count: counts[tone] }))
                .join(' · ')}
        </Text>
        <Step
          label={t('previous')}
          keys="Shift F8"
          isDisabled={listed.length === 0}
          onClick={steps.previous}
          icon={<IconChevronUp size={18} aria-hidden />}
        />
        <Step
          label={t('next')}
          keys="F8"
          isDisabled={listed.length === 0}
          onClick={steps.next}
          icon={<IconChevronDown size={18} aria-hidden />}
        />
      </div>
      {listed.length === 0 ? (
        <div className={classes.empty}>
          <IconCircleCheck size={48} stroke={1.5} aria-hidden />
          <Text fw={600}>{t('readyTitle')}</Text>
          <Text size="sm">{t('readyText')}</Text>
        </div>
      ) : (
        <>
          <div className={classes.filters}>
            <SegmentedControl
              size="xs"
              aria-label={t('show')}
              value={severity}
              onChange={(value) => setSeverity(value as Severity)}
              data={(['all', ...tones] as const).map((value) => ({ value, label: t(`severity.${value}`) }))}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('groupBy')}
              value={grouping}
              onChange={(value) => setGrouping(value as Grouping)}
              data={(['step', 'kind'] as const).map((value) => ({ value, label: t(`grouping.${value}`) }))}
            />
          </div>
          {counts.error + counts.unfinished > 0 && (
            <Text size="xs" className={classes.hint}>
              {t('errorsStop')}
            </Text>
          )}
          {groupProblems(chosen.slice(0, MOST), grouping).map((group) => (
            <Group key={group.key} group={group} />
          ))}
          {chosen.length > MOST && <Text size="sm">{t('andMore', { count: chosen.length - MOST })}</Text>}
          {chosen.length === 0 && <Text size="sm">{t('noneOfThese')}</Text>}
        </>
      )}
    </div>
  );
}

interface StepProps {
  label: string;
  keys: string;
  isDisabled: boolean;
  onClick: () => void;
  icon: React.ReactNode;
}

const Step = ({ label, keys, isDisabled, onClick, icon }: StepProps) => (
  <Tooltip label={`${label} (${keys})`}>
    <ActionIcon variant="default" size="lg" aria-label={label} disabled={isDisabled} onClick={onClick}>
      {icon}
    </ActionIcon>
  </Tooltip>
);

function Group({ group }: { group: ProblemGroup }) {
  const { t } = useTranslation('problems');
  const nameOf = useNodeName();
  const kindBelow = useKindBelow();
  const words = useProblemWords();
  const first = group.problems[0];
  // A kind is named by the words of its first problem without a step; the code is for programmers
  const ofKind = first ? words(first.problem) : '';
  const title = group.code === null ? (group.node ? nameOf(group.node) : t('wholeBot')) : ofKind;
  return (
    <section className={classes.group} aria-label={title}>
      {group.code === null && (
        <h3>
          <bdi>{title}</bdi>
          {group.node && <small className={classes.excerptLine}>{kindBelow(group.node)}</small>}
        </h3>
      )}
      <ul>
        {group.problems.map((listed) => (
          <Line key={listed.key} listed={listed} withStep={group.code !== null} />
        ))}
      </ul>
    </section>
  );
}

function Line({ listed, withStep }: { listed: ListedProblem; withStep: boolean }) {
  const { t } = useTranslation('problems');
  const words = useProblemWords();
  const placeOf = useProblemPlace();
  const nameOf = useNodeName();
  const show = useShowProblem();
  const { problem, node } = listed;
  const tone = problemTone(problem);
  const Sign = SIGNS[tone];
  const place = [withStep && node ? nameOf(node) : '', placeOf(problem, node)].filter(Boolean).join(' › ');
  const canShow = node !== undefined || problem.edge !== null;
  const content = (
    <>
      <span className={classes.icon} data-tone={tone}>
        <Sign size={18} aria-hidden="true" />
        <span className={classes.unseen}>{t(`tones.${tone}`)}</span>
      </span>
      <span className={classes.words}>
        <span dir="auto">{words(problem)}</span>
        {place !== '' && (
          <small>
            <bdi>{place}</bdi>
          </small>
        )}
      </span>
    </>
  );
  return (
    <li>
      {canShow ? (
        <button type="button" className={classes.line} onClick={() => show(listed)}>
          {content}
        </button>
      ) : (
        <div className={classes.line}>{content}</div>
      )}
    </li>
  );
}
