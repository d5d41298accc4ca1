import { TextInput } from '@mantine/core';
import type { Edit, Flow } from '@parley/runtime';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../document/flow-problem.ts';
import { useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { Duration } from '../fields/Duration.tsx';
import { FIELD_INPUTS } from '../fields/inputs.ts';
import { Timezone } from '../fields/Timezone.tsx';
import { type Form, FormContext } from '../form/form-context.ts';
import { withValue } from '../form/paths.ts';
import { plainField } from '../form/plain-field.ts';
import { both, knownAt, onceFor, problemsIn } from '../form/use-node-form.ts';
import { BotChannels } from './BotChannels.tsx';
import { BotInterrupts } from './BotInterrupts.tsx';
import { BotLanguages } from './BotLanguages.tsx';
import { BotPriority } from './BotPriority.tsx';
import { BotTarget } from './BotTarget.tsx';
import { BotVariables } from './BotVariables.tsx';
import { LanguageSelect } from './LanguageSelect.tsx';
import classes from './panels.module.css';

/** The bot as a whole: what is set while no node is selected. */
export function BotPanel({ flow, isReadOnly }: { flow: Flow; isReadOnly: boolean }) {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const form = useBotForm(isReadOnly);
  const { change } = form;
  return (
    <FormContext value={form}>
      <div className={classes.panel}>
        <p className={classes.quiet}>{t('bot.about')}</p>
        <TextInput
          label={t('bot.name')}
          value={flow.name}
          maxLength={200}
          readOnly={isReadOnly}
          onChange={(event) => document.apply([{ edit: 'rename', name: event.currentTarget.value }], 'rename', 'name')}
          onBlur={form.settle}
        />
        <LanguageSelect
          label={t('bot.language')}
          value={flow.settings.language}
          isReadOnly={isReadOnly}
          onLanguage={(code) => change(['language'], code)}
        />
        <Timezone
          field={plainField('timezone', 'timezone', { hint: t('bot.timezoneHint') })}
          path={['timezone']}
          label={t('bot.timezone')}
        />
        <BotChannels
          chosen={flow.settings.channels}
          isReadOnly={isReadOnly}
          onChannels={(ids) => change(['channels'], ids)}
        />
        <BotPriority
          value={flow.settings.priority}
          isReadOnly={isReadOnly}
          onPriority={(value) => change(['priority'], value)}
        />
        <section className={classes.section} aria-label={t('bot.silence')}>
          <h3 className={classes.sectionTitle}>{t('bot.silence')}</h3>
          <Duration
            field={plainField('expireAfter', 'duration', { hint: t('bot.expireHint') })}
            path={['expireAfter']}
            label={t('bot.expireAfter')}
          />
          <BotTarget
            label={t('bot.onExpire')}
            hint={t('bot.onExpireHint')}
            setting="onExpire"
            value={flow.settings.onExpire?.target ?? ''}
          />
          <BotTarget
            label={t('bot.onError')}
            hint={t('bot.onErrorHint')}
            setting="onError"
            value={flow.settings.onError?.target ?? ''}
          />
        </section>
        <BotInterrupts interrupts={flow.settings.interrupts} isReadOnly={isReadOnly} />
        <BotVariables variables={flow.variables} isReadOnly={isReadOnly} />
        <BotLanguages flow={flow} isReadOnly={isReadOnly} />
      </div>
    </FormContext>
  );
}

/** The settings of a flow as the values of a form. */
function useBotForm(isReadOnly: boolean): Form {
  const open = useOpenFlow();
  const viewed = useWorkbench((state) => state.viewing?.flow ?? null);
  return useMemo((): Form => {
    const { document, workbench } = open;
    const flowNow = () => viewed ?? document.store.getSnapshot().context.flow;
    return {
      id: 'bot',
      isReadOnly,
      inputs: FIELD_INPUTS,
      values: () => flowNow().settings,
      problems: onceFor(settingProblems, () => workbench.store.getSnapshot().context.problems),
      known: knownAt(flowNow, null),
      subscribe: both(open),
      change(path, value) {
        const [name] = path;
        if (isReadOnly || typeof name !== 'string') return;
        const { flow: latest } = document.store.getSnapshot().context;
        const next = withValue(latest.settings, path, value)[name] as Extract<Edit, { edit: 'setSetting' }>['value'];
        document.apply(
          [{ edit: 'setSetting', name, ...(next !== undefined && { value: next }) }],
          'setting',
          `setting ${name}`,
        );
      },
      settle: document.settleMerge,
    };
  }, [open, viewed, isReadOnly]);
}

const settingProblems = (problems: readonly FlowProblem[]) => problemsIn(problems, /^\/settings/, null);
