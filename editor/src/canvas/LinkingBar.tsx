import { useTranslation } from 'react-i18next';
import { useFlow } from '../document/use-document.ts';
import { usePortName } from '../steps/port-names.ts';
import { Keys } from '../ui/Keys.tsx';
import classes from './canvas.module.css';
import { useCanvas } from './canvas-state.ts';
import { portsOfCard } from './card-ports.ts';
import type { Linking } from './linking.ts';
import { nodeIn } from './use-card.ts';

/** While a wire is led by arrow keys: which one, and the keys for it. A screen reader is told at each step. */
export function LinkingBar() {
  const linking = useCanvas((state) => state.linking);
  return linking && <Bar {...linking} />;
}

function Bar({ source, port }: Linking) {
  const { t, i18n } = useTranslation('canvas');
  const portName = usePortName();
  const node = useFlow((flow) => nodeIn(flow, source));
  const ports = node ? portsOfCard(node, [port], { t, portName, language: i18n.language }) : [];
  const title = ports.find((one) => one.port === port)?.title ?? port;
  return (
    <div className={classes.linking} aria-hidden="true">
      <strong dir="auto">{t('chooseTarget', { port: title })}</strong>
      <span>
        <Keys shortcut="arrowleft" /> <Keys shortcut="arrowdown" /> <Keys shortcut="arrowright" /> {t('linking.go')}
      </span>
      {ports.length > 1 && (
        <span>
          <Keys shortcut="tab" /> {t('linking.other')}
        </span>
      )}
      <span>
        <Keys shortcut="enter" /> {t('linking.connect')}
      </span>
      <span>
        <Keys shortcut="escape" /> {t('linking.leave')}
      </span>
    </div>
  );
}
