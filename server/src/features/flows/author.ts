import type { Caller } from '../../plugins/auth.ts';
import type { AccountStore } from '../../storage/accounts.ts';

/** Names of people and API keys by their ids; who is unknown is left out. */
export type NamesOf = (organization: string, ids: readonly string[]) => Promise<Map<string, string>>;

/** Who does what is kept with a flow: a person, or an API key. */
export const authorOf = ({ user, key, organization }: Caller): string => user?.id ?? key?.id ?? organization;

/** Names of an organization's API keys, by id; the store of keys has them. */
interface KeyNames {
  namesOf(organization: string, ids: readonly string[]): Promise<Map<string, string>>;
}

export function authorNames(accounts: Pick<AccountStore, 'namesOf'>, keys: KeyNames): NamesOf {
  return async (organization, ids) => {
    const [ofKeys, ofPeople] = [ids.filter(isKey), ids.filter((id) => !isKey(id))];
    const found = await Promise.all([
      ofPeople.length > 0 ? accounts.namesOf([...new Set(ofPeople)]) : [],
      ofKeys.length > 0 ? keys.namesOf(organization, [...new Set(ofKeys)]) : [],
    ]);
    return new Map(found.flatMap((names) => [...names]));
  };
}

const isKey = (id: string) => id.startsWith('key_');
