import { RequestError, request } from './request.ts';

export interface Me {
  user: { id: string; email: string; name: string } | null;
  organization: { id: string; name: string };
  role: string | null;
  permissions: string[];
}

export interface Credentials {
  email: string;
  password: string;
}

/** Null where nobody is signed in. */
export const readMe = (): Promise<Me | null> =>
  request<Me>('GET', '/api/auth/me').catch((error: unknown) => {
    if (isSignedOut(error)) return null;
    throw error;
  });

export const signIn = (credentials: Credentials) => request<Me>('POST', '/api/auth/login', credentials);
export const signOut = () => request<void>('POST', '/api/auth/logout');

export const isSignedOut = (error: unknown): boolean =>
  error instanceof RequestError && error.status === 401 && error.code !== 'invalid_credentials';
