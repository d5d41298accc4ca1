export { checkFlow } from './check/check-flow.ts';
export { stringsOf } from './check/structure.ts';
export { isReservedName, namesReadBy, variablesSetBy } from './check/variable-uses.ts';
export { type Compiled, compileFlow } from './compile/compile-flow.ts';
export type { FlowLibrary } from './compile/inline.ts';
export type { Fault, FlowEvent, Memory, Moment, Visit } from './compile/memory.ts';
export { flowFields, renameFlows } from './convert/flow-references.ts';
export type { Converted, ConvertedFlow, Importer, ReportLine } from './convert/importer.ts';
export { IMPORTERS } from './convert/importers.ts';
export { BUNDLE_FORMAT, type Bundle } from './convert/parley/bundle.ts';
export { changeContact, changeList, namesOf } from './effect/change-contact.ts';
export type { ContactFields, Effect, EffectType, StepCall, StepEffect, StepTimer } from './effect/effect.ts';
export { Condition, compilePattern, holds, matchesPattern, OPERATORS } from './expression/condition.ts';
export { fold } from './expression/fold.ts';
export {
  HELPER_GROUPS,
  type HelperArgument,
  type HelperDocs,
  type HelperExample,
  type HelperGroup,
} from './expression/helper.ts';
export { HELPERS } from './expression/helpers.ts';
export type { Locale } from './expression/locale.ts';
export { zoneOf } from './expression/locale.ts';
export { readTemplate } from './expression/read-template.ts';
export { renameInTemplate } from './expression/rename-in-template.ts';
export { renderText, renderValue, type Template, TemplateLimit } from './expression/template.ts';
export { isTruthy, valueToNumber, valueToText } from './expression/value.ts';
export { applyEdit, applyEdits, Edit } from './flow/edit.ts';
export {
  Edge,
  emptyFlow,
  FLOW_FORMAT,
  Flow,
  FlowNode,
  Group,
  NodeId,
  Note,
  NoteColor,
  Variable,
  VariableName,
} from './flow/flow.ts';
export { issueText, parseFlow } from './flow/parse-flow.ts';
export { flowError, flowWarning, hasErrors, type Problem, pointer } from './flow/problem.ts';
export {
  canonicalJson,
  isObject,
  isPrototypeName,
  type Json,
  type JsonObject,
  jsonSize,
  quickHash,
  readPath,
} from './json.ts';
export * from './limits.ts';
export { isWebAddress } from './message/address.ts';
export {
  Button,
  type ContentOf,
  LIMITS,
  ListRow,
  ListSection,
  OutboundContent,
  type OutboundKind,
  previewOf,
  TemplateButton,
  TemplateHeader,
} from './message/content.ts';
export {
  INBOUND_TYPES,
  type InboundMessage,
  type InboundType,
  inboundMessage,
  inboundText,
} from './message/inbound.ts';
export { Header, MediaHeader, mustBeAlike } from './message/interactive.ts';
export { TWILIO_LIMITS } from './message/limits.ts';
export {
  isDecoration,
  type Provider,
  type ProviderContent,
  providerContent,
  type Support,
  TWILIO_SUPPORT,
} from './message/provider-content.ts';
export type {
  CallContext,
  CallOutcome,
  CodeReply,
  CodeRequest,
  ContactFacts,
  Context,
  Facts,
  HttpReply,
  HttpRequest,
  Received,
  ServiceName,
  Services,
  TimerRequest,
  WaitContext,
} from './node/context.ts';
export {
  type BusinessEvent,
  defineNode,
  linksOf,
  type NodeType,
  type NodeTypes,
  nextNodes,
  nodeTypesOf,
  portsOf,
  readConfig,
  TRIGGER_RANKS,
  type TriggerClaim,
  type TriggerKind,
} from './node/define-node.ts';
export { after, DurationField, isDuration } from './node/duration.ts';
export { limitedText } from './node/limited-text.ts';
export { isFinal, type Snapshot } from './session/advance.ts';
export { callOf } from './session/call.ts';
export { deliver, EXPIRY, legalTargets, type StartInput, type Step, start } from './session/session.ts';
export type { Frame, Said, Simulation, SimulationOptions, Timer } from './simulate/contract.ts';
export { runScript, SCRIPTED, type ScriptResult } from './simulate/run-script.ts';
export { type Script, scriptSchema } from './simulate/script.ts';
export { createSimulation } from './simulate/simulation.ts';
export { type Chain, chainOf, FLOW_LOOP, lengthened } from './trigger/chain.ts';
export { chooseEventTrigger, type StartDecision, startAt, triggersOf } from './trigger/choose-start.ts';
export { chooseTrigger, type LiveFlow, type TriggerDecision } from './trigger/choose-trigger.ts';
export { consentConfirmation, consentOf } from './trigger/consent.ts';
