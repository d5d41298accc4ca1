/** Every permission there is. Roles and the scopes of API keys are made of these; a route names the one it needs. */
export const PERMISSIONS = [
  'whatsapp_chat:view',
  'whatsapp_chat:send',
  'whatsapp_bot:view',
  'whatsapp_bot:create',
  'whatsapp_bot:edit',
  'whatsapp_bot:delete',
  'whatsapp_campaign:view',
  'whatsapp_campaign:create',
  'whatsapp_campaign:edit',
  'whatsapp_campaign:delete',
  'whatsapp_groups:view',
  'whatsapp_groups:create',
  'whatsapp_groups:edit',
  'whatsapp_groups:delete',
  'whatsapp_contacts:view',
  'whatsapp_contacts:create',
  'whatsapp_contacts:edit',
  'whatsapp_contacts:delete',
  'whatsapp_template:view',
  'whatsapp_template:create',
  'whatsapp_template:edit',
  'whatsapp_template:load_template',
  'whatsapp_numbers:view',
  'quickreplies:view',
  'quickreplies:create',
  'quickreplies:edit',
  'quickreplies:delete',
  'connection:manage',
  'api_keys:manage',
  'metrics',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin'] as const;
export type Role = (typeof ROLES)[number];

const rolePermissions: Record<Role, readonly Permission[]> = {
  admin: PERMISSIONS,
};

/** What an API key may be given: one permission, or `*` for all. */
export const SCOPES = ['*', ...PERMISSIONS] as const;
export type Scope = (typeof SCOPES)[number];

export const permissionsOfRole = (role: Role): ReadonlySet<Permission> => new Set(rolePermissions[role]);

export const permissionsOfScopes = (scopes: readonly Scope[]): ReadonlySet<Permission> =>
  new Set(scopes.flatMap((scope) => (scope === '*' ? PERMISSIONS : [scope])));
