import { Button, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import classes from './first-words.module.css';
import { otherTriggers, triggerWords } from './trigger-words.ts';
import { words } from './words.ts';

interface FirstWordsProps {
  flow: Flow;
  onSay: (text: string) => void;
  onBegin: (node: string) => void;
}

const MAX_SHOWN = 5;

/** Before anything is said: whose words these are, and which would begin the flow. */
export function FirstWords({ flow, onSay, onBegin }: FirstWordsProps) {
  const { keywords, any } = triggerWords(flow);
  const starts = otherTriggers(flow);
  return (
    <div className={classes.card}>
      <Text size="sm">{words.hint}</Text>
      {any && <Text size="sm">{words.beginAny}</Text>}
      {keywords.length > 0 && (
        <div className={classes.words}>
          <Text size="sm" span>
            {words.begin}
          </Text>
          {keywords.slice(0, MAX_SHOWN).map((keyword) => (
            <Button key={keyword} size="compact-sm" variant="default" onClick={() => onSay(keyword)}>
              {keyword}
            </Button>
          ))}
        </div>
      )}
      {starts.length > 0 && (
        <div className={classes.words}>
          <Text size="sm" span>
            {words.beginAt}
          </Text>
          {starts.slice(0, MAX_SHOWN).map(({ id, title }) => (
            <Button key={id} size="compact-sm" variant="default" onClick={() => onBegin(id)}>
              {title}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
