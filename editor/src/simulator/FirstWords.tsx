import { Button, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { otherTriggers, triggerWords } from '../document/trigger-words.ts';
import { useNodeWords } from '../ui/node-words.ts';
import classes from './first-words.module.css';

interface FirstWordsProps {
  flow: Flow;
  onSay: (text: string) => void;
  onBegin: (node: string) => void;
}

const MAX_SHOWN = 5;

/** Before anything is said: whose words these are, and which would begin the flow. */
export function FirstWords({ flow, onSay, onBegin }: FirstWordsProps) {
  const { t } = useTranslation('simulator');
  const nodeWords = useNodeWords();
  const { keywords, any } = triggerWords(flow);
  const starts = otherTriggers(flow);
  return (
    <div className={classes.card}>
      <Text size="sm">{t('first.hint')}</Text>
      {any && <Text size="sm">{t('first.any')}</Text>}
      {keywords.length > 0 && (
        <div className={classes.words}>
          <Text size="sm" span>
            {t('first.words')}
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
            {t('first.at')}
          </Text>
          {starts.slice(0, MAX_SHOWN).map(({ id, title }) => (
            <Button key={id} size="compact-sm" variant="default" onClick={() => onBegin(id)}>
              {nodeWords(title)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
