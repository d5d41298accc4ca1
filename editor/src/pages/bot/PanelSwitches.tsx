import { Indicator, Tooltip, UnstyledButton } from '@mantine/core';
import {
  type Icon,
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconBraces,
  IconChartBar,
  IconHistory,
  IconPlayerPlay,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { countTones } from '../../document/flow-problem.ts';
import { useProblemCount } from '../../document/problem-words.ts';
import { useOpenFlow, useProblems, useWorkbench } from '../../document/use-document.ts';
import type { Panel } from '../../document/workbench.ts';
import classes from './bot-bar.module.css';

const HESITATION = 300; // ms that the pointer rests before a tooltip comes: who passes by sees none

const SWITCHES: readonly { panel: Panel; Sign: Icon }[] = [
  { panel: 'inspector', Sign: IconAdjustmentsHorizontal },
  { panel: 'simulator', Sign: IconPlayerPlay },
  { panel: 'problems', Sign: IconAlertTriangle },
  { panel: 'find', Sign: IconSearch },
  { panel: 'versions', Sign: IconHistory },
  { panel: 'counts', Sign: IconChartBar },
  { panel: 'json', Sign: IconBraces },
];

/** Opens and closes what lies beside the canvas. */
export function PanelSwitches() {
  const { t } = useTranslation('bot');
  const { workbench } = useOpenFlow();
  const open = useWorkbench((state) => state.panel);
  const problems = useProblems();
  const countOf = useProblemCount();
  const tones = countTones(problems);
  const faults = tones.error + tones.warning;
  const color = tones.error > 0 ? 'red.9' : faults > 0 ? 'yellow.9' : 'gray.7';
  return (
    <div className={classes.switches} role="toolbar" aria-label={t('panelsLabel')}>
      {SWITCHES.map(({ panel, Sign }, index) => {
        const count = panel === 'problems' ? faults || tones.unfinished : 0;
        const label = count > 0 ? `${t(`panels.${panel}`)}: ${countOf(problems)}` : t(`panels.${panel}`);
        const isOpen = open === panel;
        return (
          // Open, the panel says its name right below: a tooltip would lie over it
          <Tooltip key={panel} label={`${label} (${index + 1})`} disabled={isOpen} openDelay={HESITATION}>
            <Indicator
              inline
              offset={5}
              disabled={count === 0}
              label={count > 99 ? '99+' : count}
              size={16}
              color={color}
            >
              <UnstyledButton
                className={classes.switch}
                aria-label={label}
                aria-pressed={isOpen}
                onClick={() => workbench.togglePanel(panel)}
              >
                <Sign size={20} aria-hidden />
                {panel === 'simulator' && <span className={classes.switchWords}>{label}</span>}
              </UnstyledButton>
            </Indicator>
          </Tooltip>
        );
      })}
    </div>
  );
}
