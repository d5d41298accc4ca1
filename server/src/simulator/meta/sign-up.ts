import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { accountsOf, appOf, metaNumbers } from './authority.ts';
import { GraphError } from './errors.ts';
import type { MetaOptions } from './options.ts';

/** The codes of the sign-up window: `code-<app id>` of any number of that app. Real ones live 30 seconds. */
export const signUpCode = (appId: string) => `code-${appId}`;

const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

type Exchange = FastifyRequest<{ Querystring: { client_id?: string; client_secret?: string; code?: string } }>;
type Debug = FastifyRequest<{ Querystring: { input_token?: string } }>;

type OfApp = FastifyRequest<{ Params: { id: string } }>;

/** What the embedded sign-up and apps call without a number's token. */
export const signUpRoutes: FastifyPluginAsync<MetaOptions> = async (app, { network }) => {
  app.get('/oauth/access_token', async (request: Exchange) => {
    const { client_id, client_secret, code } = request.query;
    const account = accountsOf(network).find(({ appId }) => appId === client_id);
    if (!account)
      throw new GraphError(101, null, {
        message: 'Error validating application. Cannot get application info due to a system error.',
      });
    if (client_secret !== account.appSecret)
      throw new GraphError(1, null, { message: 'Error validating client secret.' });
    if (code !== signUpCode(account.appId))
      throw new GraphError(100, null, { subcode: 36007, message: 'This authorization code has expired or been used.' });
    return { access_token: account.accessToken, token_type: 'bearer', expires_in: 5_183_944 };
  });

  app.get('/debug_token', async (request: Debug) => {
    const account = accountsOf(network).find(({ accessToken }) => accessToken === request.query.input_token);
    if (!account)
      return { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Invalid OAuth access token.' } } };
    const owner = metaNumbers(network).find((one) => one.account === account);
    return {
      data: {
        app_id: account.appId,
        type: 'SYSTEM_USER',
        application: 'Simulated app',
        data_access_expires_at: 0,
        expires_at: 0,
        is_valid: true,
        issued_at: Math.floor(network.clock.now().getTime() / 1000),
        scopes: SCOPES,
        granular_scopes: SCOPES.map((scope) => ({ scope, target_ids: [account.id] })),
        user_id: owner?.account.businessId ?? '0',
      },
    };
  });
  app.get('/:id/subscriptions', async (request: OfApp) => {
    const account = appOf(network, request, request.params.id);
    const [hearing] = metaNumbers(network).filter((one) => one.account === account && one.inbound !== null);
    const facts = { object: 'whatsapp_business_account', callback_url: hearing?.inbound, active: hearing?.verified };
    return { data: hearing ? [{ ...facts, fields: FIELDS.map((name) => ({ name, version: 'v24.0' })) }] : [] };
  });
};

/** What the simulator tells of; a real app subscribes to each by itself. */
const FIELDS = ['messages', 'message_template_status_update', 'account_update', 'phone_number_quality_update'];
