import { hashPassword } from '../../plugins/passwords.ts';
import type { Settings } from '../../plugins/settings.ts';
import type { AccountStore } from '../../storage/accounts.ts';

/**
 * Makes the account of PARLEY_ADMIN_EMAIL and PARLEY_ADMIN_PASSWORD if there is none yet; changing them later changes
 * nothing. Also finishes a set-up that a crash cut short. Answers whether the set-up by a visitor is still needed.
 */
export async function ensureFirstAccount(accounts: AccountStore, settings: Settings): Promise<{ needed: boolean }> {
  await accounts.completeFirstAccount();
  if (await accounts.hasFirstAccount()) return { needed: false };
  if (!settings.firstAccount) return { needed: true };
  const { email, password } = settings.firstAccount;
  const name = email.split('@', 1)[0] ?? email;
  await accounts.claimFirstAccount({ name, email, passwordHash: await hashPassword(password), organization: 'Parley' });
  return { needed: false };
}
