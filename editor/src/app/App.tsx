import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../ui/i18n.ts';
import { NoticeBar } from '../ui/NoticeBar.tsx';
import { Door } from './Door.tsx';
import { createQueryClient } from './query-client.ts';
import { cssVariables, theme } from './theme.ts';

const queryClient = createQueryClient();

export function App() {
  return (
    <DirectionProvider detectDirection>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={null}>
            <InDirection>
              <Door />
            </InDirection>
            <Notices />
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** The library's own idea of the direction follows the language: where panels open, which arrow leads on. */
function InDirection({ children }: { children: ReactNode }) {
  const { language } = useTranslation('app').i18n;
  const { dir, setDirection } = useDirection();
  const wanted = directionOf(language);
  useEffect(() => {
    if (dir !== wanted) setDirection(wanted);
  }, [dir, wanted, setDirection]);
  return children;
}

function Notices() {
  const { t } = useTranslation('ui');
  return <NoticeBar closeLabel={t('dismiss')} />;
}
