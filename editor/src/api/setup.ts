import { request } from './request.ts';

export interface FirstAccount {
  token: string;
  name: string;
  email: string;
  password: string;
  organization: string;
}

export const readSetup = () => request<{ needed: boolean }>('GET', '/api/setup');

/** Makes the first account and signs it in. */
export const setUp = (account: FirstAccount) => request<unknown>('POST', '/api/setup', account);
