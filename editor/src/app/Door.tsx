import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readMe } from '../api/auth.ts';
import { readSetup } from '../api/setup.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { FrontPage } from './FrontPage.tsx';
import { CurrentPage } from './pages.tsx';
import { ME } from './query-client.ts';
import { SetUp } from './SetUp.tsx';
import { Shell } from './Shell.tsx';
import { SignIn } from './SignIn.tsx';
import { words } from './words.ts';

/** Who is signed in sees the app; else the sign-in, or the set-up of a server without an account. */
export function Door() {
  const me = useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000 });
  const setup = useQuery({ queryKey: ['setup'], queryFn: readSetup, enabled: me.data === null });

  if (me.data) {
    return (
      <Shell me={me.data}>
        <CurrentPage />
      </Shell>
    );
  }
  const failed = me.error ?? setup.error;
  if (failed) {
    const again = () => void (me.error ? me.refetch() : setup.refetch());
    return (
      <FrontPage>
        <Trouble text={failed.message} action={{ label: words.tryAgain, onClick: again }} />
      </FrontPage>
    );
  }
  if (!setup.data) {
    return (
      <Center h="100%">
        <Loader aria-label={words.loading} />
      </Center>
    );
  }
  return setup.data.needed ? <SetUp /> : <SignIn />;
}
