import { z } from 'zod';

/** Addresses are kept in lower case: people do not mind how they type theirs. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

export const UserShape = z.object({ id: z.string(), email: z.string(), name: z.string() });
export const OrganizationShape = z.object({ id: z.string(), name: z.string() });

/** Who is signed in, where, and what they may do. For an API key `user` and `role` are null. */
export const Me = z.object({
  user: UserShape.nullable(),
  organization: OrganizationShape,
  role: z.string().nullable(),
  permissions: z.array(z.string()),
});
