import cookie from '@fastify/cookie';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { Connection } from 'mongoose';
import { twilioContentIndexes } from './channels/whatsapp/twilio/content-store.ts';
import { countIndexes } from './engine/counting/count-store.ts';
import { type Crashpoint, noCrash } from './engine/crashpoint.ts';
import type { Engine } from './engine/engine.ts';
import { scheduleIndexes } from './engine/schedule/schedule-store.ts';
import { engineIndexes } from './engine/store.ts';
import { createFlowCountStore } from './features/analytics/count-store.ts';
import { createJourneyStore } from './features/analytics/journey-store.ts';
import { analyticsRoutes } from './features/analytics/routes.ts';
import { apiKeys } from './features/api-keys/routes.ts';
import { apiKeyIndexes, createApiKeyStore } from './features/api-keys/store.ts';
import { authRoutes } from './features/auth/routes.ts';
import { channelRoutes } from './features/channels/routes.ts';
import { storageProblem } from './features/channels/storage-problem.ts';
import { channelIndexes, createChannelStore } from './features/channels/store.ts';
import { notesRoutes } from './features/conversations/notes-routes.ts';
import { conversationRoutes } from './features/conversations/routes.ts';
import { createConversationStore } from './features/conversations/store.ts';
import { businessEvents } from './features/events/routes.ts';
import { openExamples } from './features/examples/examples.ts';
import { exampleRoutes } from './features/examples/routes.ts';
import { flowTestRoutes } from './features/flow-tests/routes.ts';
import { createFlowTestStore, flowTestIndexes } from './features/flow-tests/store.ts';
import { flowWebhooks } from './features/flow-webhooks/routes.ts';
import { flowAdder } from './features/flows/add-flows.ts';
import { authorNames } from './features/flows/author.ts';
import { judgeSaving } from './features/flows/judge-saving.ts';
import { flowRoutes } from './features/flows/routes.ts';
import { createFlowStore, flowIndexes } from './features/flows/store.ts';
import { mediaRoutes, signedMediaRoutes } from './features/media/routes.ts';
import { notificationRoutes } from './features/notifications/routes.ts';
import { setup } from './features/setup/routes.ts';
import { simulatorRoutes } from './features/simulator/routes.ts';
import { judgeTemplates } from './features/templates/judge-templates.ts';
import { templateRoutes } from './features/templates/routes.ts';
import { createTemplateStore, templateIndexes } from './features/templates/store.ts';
import { webhookLog } from './features/webhook-log/routes.ts';
import { createMessageOwners } from './features/webhooks/message-owners.ts';
import { metaWebhook } from './features/webhooks/meta.ts';
import { twilioWebhook } from './features/webhooks/twilio.ts';
import type { MediaRoom } from './media/media.ts';
import { mediaIndexes } from './media/store.ts';
import { auth } from './plugins/auth.ts';
import { health, type Readiness } from './plugins/health.ts';
import type { Http } from './plugins/http.ts';
import { idempotency } from './plugins/idempotency.ts';
import { jsonBodies } from './plugins/json-bodies.ts';
import { type Log, requestLog } from './plugins/log.ts';
import { openapi } from './plugins/openapi.ts';
import { pages } from './plugins/pages.ts';
import { problems, sendFrameworkProblem } from './plugins/problems.ts';
import type { Settings } from './plugins/settings.ts';
import { stopping } from './plugins/stopping.ts';
import { accountIndexes, createAccountStore } from './storage/accounts.ts';
import { answerIndexes, createAnswerStore } from './storage/answers.ts';
import { contactIndexes, createContactStore } from './storage/contacts.ts';
import type { Keyring } from './storage/credentials.ts';
import { groupIndexes } from './storage/groups.ts';
import type { Index } from './storage/indexes.ts';
import { messageIndexes } from './storage/messages.ts';
import { createNoteStore, noteIndexes } from './storage/notes.ts';
import { createNotificationStore, notificationIndexes } from './storage/notifications.ts';
import { createSessionStore, sessionIndexes } from './storage/sessions.ts';
import { realTimers } from './timers.ts';

export interface AppDeps {
  settings: Settings;
  connection: Connection;
  keyring: Keyring;
  now: () => Date;
  newId: (prefix: string) => string;
  http: Http;
  log: Log;
  engine: Engine;
  media: Pick<MediaRoom, 'media' | 'files' | 'takeUpload' | 'address'>;
  readiness: Readiness;
  setupToken: string;
  crashpoint?: Crashpoint;
  /** Where the built editor lies. */
  editorDirectory: string;
}

/** Made at every start, before anything is served. */
export const indexes: Index[] = [
  ...accountIndexes,
  ...sessionIndexes,
  ...answerIndexes,
  ...apiKeyIndexes,
  ...channelIndexes,
  ...templateIndexes,
  ...flowIndexes,
  ...flowTestIndexes,
  ...contactIndexes,
  ...groupIndexes,
  ...noteIndexes,
  ...notificationIndexes,
  ...messageIndexes,
  ...engineIndexes,
  ...countIndexes,
  ...scheduleIndexes,
  ...mediaIndexes,
  ...twilioContentIndexes,
];

const MAX_BODY = 1024 * 1024; // bytes; routes that take more say so
const STORAGE_TIMEOUT = 3_000; // ms that a bucket has for its answer in a channel's check
const REQUEST_TIMEOUT = 300_000; // ms for a whole request to arrive, 100 MB over 3 Mbit/s; its headers have Node's 60 s

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { settings, connection, keyring, now, newId, http, log, engine, readiness, setupToken, editorDirectory } = deps;
  const { publicUrl, metaGraphUrl, twilioApiUrl } = settings;

  const accounts = createAccountStore(connection, newId, now);
  const sessions = createSessionStore(connection, now);
  const answers = createAnswerStore(connection, keyring, now);
  const keys = createApiKeyStore(connection, newId, now);
  const channels = createChannelStore(connection, keyring, now, settings.metaApp);
  const flows = createFlowStore(connection, now);
  const flowTests = createFlowTestStore(connection, now);
  const templates = createTemplateStore(connection, now);
  const contacts = createContactStore(connection, newId, now);
  const conversations = createConversationStore(connection);
  const templateCheck = judgeTemplates({ templates, channels });
  const judge = judgeSaving(flows, templateCheck);

  const app = fastify({
    loggerInstance: log,
    // plugins/log.ts writes one line an answer, without the query
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId('req'),
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    return503OnClosing: false, // what arrives on an open connection during the stop is still answered
    frameworkErrors: sendFrameworkProblem,
  });

  await app.register(stopping);
  await app.register(problems);
  await app.register(requestLog);
  await app.register(jsonBodies);
  await app.register(cookie);
  await app.register(pages, { editorDirectory, publicUrl });
  await app.register(auth, { publicUrl, findKey: keys.findByKey, findMember });
  await app.register(idempotency, { answers });
  await app.register(openapi, { publicUrl, version: '0.1.0' });
  await app.register(health, { connection, readiness });

  await app.register(setup, { prefix: '/api/setup', accounts, sessions, publicUrl, setupToken });
  await app.register(authRoutes, { prefix: '/api/auth', accounts, sessions, publicUrl, now });
  await app.register(apiKeys, { prefix: '/api/api-keys', keys, now });
  await app.register(channelRoutes, {
    prefix: '/api/channels',
    channels,
    templates,
    connection,
    live: engine.live,
    flowName: async (organization, id) => (await flows.find(organization, id))?.name ?? null,
    storageProblem: () => storageProblem(settings, STORAGE_TIMEOUT),
    http,
    newId,
    now,
    timers: realTimers,
    publicUrl,
    metaGraphUrl,
    twilioApiUrl,
    metaApp: settings.metaApp,
  });
  await app.register(templateRoutes, {
    prefix: '/api/templates',
    channels,
    templates,
    http,
    metaGraphUrl,
    twilioApiUrl,
    now,
  });
  await app.register(flowRoutes, {
    prefix: '/api/flows',
    flows,
    judge,
    templates: templateCheck,
    newId,
    waiting: conversations.waiting,
    people: conversations.people,
    names: authorNames(accounts, keys),
    keyring,
    publicUrl,
    onRemoved: flowTests.removeAll,
  });
  await app.register(flowTestRoutes, {
    prefix: '/api/flows',
    tests: flowTests,
    hasFlow: async (organization, id) => (await flows.find(organization, id)) !== null,
    newId,
  });
  const add = flowAdder({ flows, judge, newId });
  await app.register(exampleRoutes, {
    prefix: '/api/examples',
    examples: openExamples(log),
    add,
    keepTest: (organization, flow, test) => flowTests.add(organization, flow, newId('tst'), test),
  });
  await app.register(simulatorRoutes, {
    prefix: '/api/channels',
    channels,
    contacts,
    conversations,
    engine,
    newId,
    now,
  });
  await app.register(conversationRoutes, {
    prefix: '/api/conversations',
    conversations,
    channels,
    contacts,
    media: deps.media.media,
    engine,
    now,
  });
  await app.register(notesRoutes, {
    prefix: '/api/conversations',
    conversations,
    notes: createNoteStore(connection),
  });
  await app.register(analyticsRoutes, {
    prefix: '/api',
    counts: createFlowCountStore(connection),
    journeys: createJourneyStore(connection),
    flows,
    conversations,
    contacts,
    now,
  });
  await app.register(mediaRoutes, { prefix: '/api/media', ...deps.media });
  await app.register(signedMediaRoutes, { prefix: '/media', ...deps.media });
  await app.register(notificationRoutes, {
    prefix: '/api/notifications',
    notifications: createNotificationStore(connection, now),
  });
  await app.register(businessEvents, { prefix: '/api/events', engine, contacts, channels, conversations, newId });
  await app.register(flowWebhooks, {
    prefix: '/webhook/flows',
    flows,
    engine,
    contacts,
    channels,
    keyring,
    newId,
    now,
  });
  await app.register(webhookLog, { prefix: '/api/webhook-log', connection });
  await app.register(metaWebhook, {
    prefix: '/webhook/meta/whatsapp',
    channels,
    accept: engine.accept,
    wake: engine.wake,
    now,
    crashpoint: deps.crashpoint ?? noCrash,
  });
  await app.register(twilioWebhook, {
    prefix: '/webhook/twilio',
    channels,
    channelOfMessage: createMessageOwners(connection),
    accept: engine.accept,
    wake: engine.wake,
    publicUrl,
    now,
    crashpoint: deps.crashpoint ?? noCrash,
  });

  return app;

  async function findMember(token: string) {
    const session = await sessions.find(token);
    return session && accounts.member(session.organization, session.user);
  }
}
