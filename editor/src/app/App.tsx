import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { NoticeBar } from '../ui/NoticeBar.tsx';
import { Door } from './Door.tsx';
import { createQueryClient } from './query-client.ts';
import { cssVariables, theme } from './theme.ts';
import { words } from './words.ts';

const queryClient = createQueryClient();

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Door />
        <NoticeBar closeLabel={words.dismiss} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
