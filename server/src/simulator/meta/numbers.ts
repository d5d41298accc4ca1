import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { MetaNumber } from '../network/model.ts';
import { metaNumbers, numberOf, wabaOf } from './authority.ts';
import { readOr } from './check.ts';
import { GraphError } from './errors.ts';
import type { MetaOptions } from './options.ts';

export const CODE = '123456'; // what a SMS would bring

const Profile = z.object({
  messaging_product: z.literal('whatsapp'),
  about: z.string().max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z.string().max(128).optional(),
  websites: z.array(z.string().max(256)).max(2).optional(),
  vertical: z.string().optional(),
  profile_picture_handle: z.string().optional(),
});
const Automation = z.object({
  enable_welcome_message: z.boolean().optional(),
  prompts: z.array(z.string().min(1).max(80)).max(4).optional(),
  commands: z
    .array(z.object({ command_name: z.string().min(1).max(32), command_description: z.string().min(1).max(256) }))
    .max(30)
    .optional(),
});
const Register = z.object({
  messaging_product: z.literal('whatsapp'),
  pin: z.string().regex(/^\d{6}$/, 'must have 6 digits'),
});
const RequestCode = z.object({ code_method: z.enum(['SMS', 'VOICE']), language: z.string() });
const VerifyCode = z.object({ code: z.string() });

type OfId = FastifyRequest<{
  Params: { id: string };
  Querystring: { fields?: string; limit?: string; after?: string };
}>;

/** Numbers, their profile and their registration; the subscription of an app to an account. */
export const numberRoutes: FastifyPluginAsync<MetaOptions> = async (app, { network }) => {
  const own = (request: OfId) => numberOf(network, request, request.params.id);
  const bodyOf = (request: FastifyRequest): unknown => request.body ?? {};

  app.get('/:id/phone_numbers', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const listed = metaNumbers(network).filter((one) => one.account === account);
    const items = listed.map((one) => pickFields(numberFields(one), request.query.fields, SHORT));
    return { data: items, paging: { cursors: { before: 'QVFIU', after: 'QVFIU' } } };
  });

  app.post('/:id', async (request: OfId) => {
    const number = own(request);
    const given = bodyOf(request) as {
      webhook_configuration?: { override_callback_uri?: string; verify_token?: string };
    };
    const override = given.webhook_configuration;
    if (override?.override_callback_uri !== undefined) {
      number.inbound = override.override_callback_uri || null;
      number.verifyToken = override.verify_token ?? number.verifyToken;
      number.verified = false;
    }
    return { success: true };
  });

  app.get('/:id/whatsapp_business_profile', async (request: OfId) => {
    const number = own(request);
    return {
      data: [pickFields({ messaging_product: 'whatsapp', ...number.profile }, request.query.fields, null, false)],
    };
  });
  app.post('/:id/whatsapp_business_profile', async (request: OfId) => {
    const number = own(request);
    const { messaging_product: _always, ...profile } = readOr(Profile, bodyOf(request), 'profile');
    number.profile = { ...number.profile, ...profile };
    return { success: true };
  });

  app.post('/:id/conversational_automation', async (request: OfId) => {
    const number = own(request);
    number.automation = { ...number.automation, ...readOr(Automation, bodyOf(request), 'automation') };
    return { success: true };
  });
  app.get('/:id/conversational_automation', async (request: OfId) => ({
    conversational_automation: { id: request.params.id, ...own(request).automation },
    id: request.params.id,
  }));

  app.get('/:id/settings', async (request: OfId) => own(request).settings);
  app.post('/:id/settings', async (request: OfId) => {
    const number = own(request);
    number.settings = { ...number.settings, ...(bodyOf(request) as Record<string, unknown>) };
    return { success: true };
  });

  app.post('/:id/register', async (request: OfId) => {
    const number = own(request);
    const { pin } = readOr(Register, bodyOf(request), 'register');
    if (number.pin !== null && number.pin !== pin) throw new GraphError(133005, 'Two-step verification PIN is wrong.');
    Object.assign(number, { pin, registered: true });
    return { success: true };
  });
  app.post('/:id/deregister', async (request: OfId) => {
    own(request).registered = false;
    return { success: true };
  });
  app.post('/:id/request_code', async (request: OfId) => {
    own(request);
    readOr(RequestCode, { ...request.query, ...(bodyOf(request) as object) }, 'request_code');
    return { success: true };
  });
  app.post('/:id/verify_code', async (request: OfId) => {
    own(request);
    const { code } = readOr(VerifyCode, { ...request.query, ...(bodyOf(request) as object) }, 'verify_code');
    if (code.replace('-', '') !== CODE) throw new GraphError(136025, 'Code is incorrect.', { subcode: 2388093 });
    return { success: true };
  });

  const subscribed = new Set<string>();
  app.post('/:id/subscribed_apps', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const override = bodyOf(request) as { override_callback_uri?: string; verify_token?: string };
    subscribed.add(account.id);
    if (override.override_callback_uri !== undefined)
      for (const number of metaNumbers(network).filter((one) => one.account === account))
        Object.assign(number, {
          inbound: override.override_callback_uri,
          verifyToken: override.verify_token ?? number.verifyToken,
          verified: false,
        });
    return { success: true };
  });
  app.get('/:id/subscribed_apps', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const facts = { id: account.appId, name: 'Simulated app', link: 'https://www.facebook.com/games/' };
    const hears =
      subscribed.has(account.id) || metaNumbers(network).some((one) => one.account === account && one.inbound);
    return { data: hears ? [{ whatsapp_business_api_data: facts }] : [] };
  });
  app.delete('/:id/subscribed_apps', async (request: OfId) => {
    subscribed.delete(wabaOf(network, request, request.params.id).id);
    return { success: true };
  });
};

const SHORT = ['verified_name', 'display_phone_number', 'quality_rating', 'code_verification_status'];

export const numberFields = (number: MetaNumber) => ({
  id: number.id,
  display_phone_number: spaced(number.address),
  verified_name: number.name,
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  name_status: 'APPROVED',
  platform_type: 'CLOUD_API',
  account_mode: 'LIVE',
  status: number.registered ? 'CONNECTED' : 'DISCONNECTED',
  messaging_limit_tier: 'TIER_1K',
  whatsapp_business_manager_messaging_limit: 'TIER_2K',
  throughput: { level: 'STANDARD' },
  is_official_business_account: false,
  is_pin_enabled: number.pin !== null,
  webhook_configuration: { application: number.inbound },
  health_status: {
    can_send_message: number.registered ? 'AVAILABLE' : 'BLOCKED',
    entities: [
      {
        entity_type: 'PHONE_NUMBER',
        id: number.id,
        can_send_message: number.registered ? 'AVAILABLE' : 'BLOCKED',
        ...(!number.registered && {
          errors: [
            {
              error_code: 141000,
              error_description: 'The number is not registered.',
              possible_solution: 'Register it.',
            },
          ],
        }),
      },
      { entity_type: 'WABA', id: number.account.id, can_send_message: 'AVAILABLE' },
      { entity_type: 'BUSINESS', id: number.account.businessId, can_send_message: 'AVAILABLE' },
      { entity_type: 'APP', id: number.account.appId, can_send_message: 'AVAILABLE' },
    ],
  },
});

/** `+447700900001` as Meta shows it. */
const spaced = (address: string) => address.replace(/^(\+\d{1,3})(\d{3})(\d{3})(\d+)$/, '$1 $2-$3-$4');

/** The fields that were asked for, or the usual ones; the id always. */
export function pickFields(
  all: Record<string, unknown>,
  asked: string | undefined,
  usual: string[] | null,
  withId = true,
): Record<string, unknown> {
  const names = asked ? asked.split(',').map((name) => name.replace(/[{(.].*$/, '').trim()) : usual;
  if (names === null) return all;
  const picked = Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  return withId && 'id' in all ? { ...picked, id: all.id } : picked;
}
