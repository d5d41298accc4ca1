import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { AskFirst } from '../ui/AskFirst.tsx';
import { say as notice } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { type ChatId, control, type Rule, type Script, type SimulatorState } from './control.ts';
import { dayOf, shortMomentOf } from './moments.ts';
import { NewRule } from './NewRule.tsx';
import classes from './panel.module.css';
import { StatusScript } from './StatusScript.tsx';
import { useSending } from './use-sending.ts';
import { words } from './words.ts';

const say = words.trouble;

interface TroublePanelProps {
  state: SimulatorState;
  chat: ChatId | null;
  onChanged: () => void;
}

/** What somebody wants to go wrong, and the clock. */
export function TroublePanel({ state, chat, onChanged }: TroublePanelProps) {
  const [script, setScript] = useState<Script | null>(null);
  const { refused, send } = useSending();
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once, when the panel opens
  useEffect(() => void send(control.readScript, setScript), []);
  const put = (next: Script) =>
    void send(
      () => control.putScript(next),
      (kept) => {
        setScript(kept);
        notice(say.applied);
      },
    );
  const phone = chat?.phone ?? state.phones[0]?.phone ?? '';
  return (
    <Stack className={classes.panel} gap="xl">
      {refused !== null && <Trouble text={refused} />}
      {script && (
        <>
          <section>
            <Title order={3} size="h5" mb="xs">
              {say.next}
            </Title>
            <NewRule
              phones={state.phones}
              phone={phone}
              onAdd={(rule) => put({ ...script, rules: [...script.rules, rule] })}
            />
            <Rules
              rules={script.rules}
              onRemove={(at) => put({ ...script, rules: script.rules.filter((_, index) => index !== at) })}
            />
          </section>
          <StatusScript script={script} onApply={put} />
        </>
      )}
      <Clock now={state.clock.now} onChanged={onChanged} />
      <Reset onChanged={onChanged} />
    </Stack>
  );
}

function Rules({ rules, onRemove }: { rules: readonly Rule[]; onRemove: (index: number) => void }) {
  if (rules.length === 0) return null;
  return (
    <>
      <Title order={4} size="h6" mt="md">
        {say.set}
      </Title>
      <ul className={classes.rules} aria-label={say.set}>
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be the same; their place tells them apart
          <li key={index}>
            <span>
              {say.rule(nameOf(rule), rule.match.to ?? '', rule.times)}
              {rule.code !== undefined && ` (${say.ruleCode(rule.code)})`}
            </span>
            <Button size="compact-sm" variant="default" onClick={() => onRemove(index)}>
              {say.remove}
            </Button>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        {say.rearmed}
      </Text>
    </>
  );
}

const nameOf = ({ then }: Rule) => say.kinds.find(({ value }) => value === then)?.label ?? then;

function Clock({ now, onChanged }: { now: string; onChanged: () => void }) {
  const { isSending, refused, send } = useSending();
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {say.clock}
      </Title>
      <Stack gap="sm">
        {refused !== null && <Trouble text={refused} />}
        <time dateTime={now}>
          {dayOf(now)}, {shortMomentOf(now, now)}
        </time>
        <div className={classes.row}>
          {say.skips.map(({ duration, label }) => (
            <Button
              key={duration}
              size="xs"
              variant="default"
              disabled={isSending}
              aria-label={say.skip(label)}
              onClick={() => void send(() => control.advance(duration), onChanged)}
            >
              {label}
            </Button>
          ))}
        </div>
      </Stack>
    </section>
  );
}

function Reset({ onChanged }: { onChanged: () => void }) {
  const [asks, setAsks] = useState(false);
  const { refused, send } = useSending();
  const { title, text, yes, no } = say.askReset;
  const reset = () =>
    void send(control.reset, () => {
      notice(say.wasReset);
      onChanged();
    });
  return (
    <>
      {refused !== null && <Trouble text={refused} />}
      <Button variant="default" onClick={() => setAsks(true)}>
        {say.reset}
      </Button>
      <AskFirst
        question={asks ? { title, text, yes, onYes: reset } : null}
        no={no}
        closeLabel={words.close}
        onClose={() => setAsks(false)}
      />
    </>
  );
}
