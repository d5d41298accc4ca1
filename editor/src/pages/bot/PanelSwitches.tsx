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
import { useOpenFlow, useProblems, useWorkbench } from '../../document/use-document.ts';
import type { Panel } from '../../document/workbench.ts';
import classes from './bot-bar.module.css';

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
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  return (
    <div className={classes.switches} role="toolbar" aria-label={t('panelsLabel')}>
      {SWITCHES.map(({ panel, Sign }, index) => {
        const count = panel === 'problems' ? problems.length : 0;
        const label = count > 0 ? t('panelProblems', { count }) : t(`panels.${panel}`);
        const isOpen = open === panel;
        return (
          <Tooltip key={panel} label={`${label} (${index + 1})`}>
            <Indicator
              inline
              disabled={count === 0}
              label={count > 99 ? '99+' : count}
              size={16}
              color={hasErrors ? 'red.9' : 'yellow.9'}
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
