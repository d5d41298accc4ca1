import '../forbid-eval.ts';
import '../ui/styles.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import './phone.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { cssVariables, theme } from '../app/theme.ts';
import { startWords } from '../ui/i18n.ts';
import { NoticeBar } from '../ui/NoticeBar.tsx';
import { PhonePage } from './PhonePage.tsx';
import { words } from './words.ts';

const root = document.getElementById('root');
if (!root) throw new Error('phone.html has no element with the id root');
await startWords(['chat', 'ui']);
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <PhonePage />
      <NoticeBar closeLabel={words.close} />
    </MantineProvider>
  </StrictMode>,
);
