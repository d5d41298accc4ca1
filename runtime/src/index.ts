export { checkFlow } from './check/check-flow.ts';
export { type Compiled, compileFlow } from './compile/compile-flow.ts';
export type { Fault, FlowEvent, Memory, Visit } from './compile/memory.ts';
export type { Effect, EffectType, StepCall, StepEffect, StepTimer } from './effect/effect.ts';
export { Condition, compilePattern, holds, matchesPattern, OPERATORS } from './expression/condition.ts';
export { fold } from './expression/fold.ts';
export { readTemplate } from './expression/read-template.ts';
export { renderText, renderValue } from './expression/template.ts';
export { isTruthy, valueToNumber, valueToText } from './expression/value.ts';
export { applyEdit, applyEdits, Edit } from './flow/edit.ts';
export { Edge, emptyFlow, FLOW_FORMAT, Flow, FlowNode, NodeId, VariableName } from './flow/flow.ts';
export { issueText, parseFlow } from './flow/parse-flow.ts';
export { flowError, flowWarning, hasErrors, type Problem, pointer } from './flow/problem.ts';
export { canonicalJson, isObject, isPrototypeName, type Json, type JsonObject, readPath } from './json.ts';
export * from './limits.ts';
export {
  Button,
  LIMITS,
  ListRow,
  ListSection,
  OutboundContent,
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
export type {
  CallContext,
  CallOutcome,
  ContactFacts,
  Context,
  Facts,
  HttpReply,
  HttpRequest,
  Received,
  ServiceName,
  Services,
  WaitContext,
} from './node/context.ts';
export {
  defineNode,
  type NodeType,
  type NodeTypes,
  nodeTypesOf,
  portsOf,
  TRIGGER_RANKS,
  type TriggerClaim,
  type TriggerKind,
} from './node/define-node.ts';
export { after, DurationField, isDuration } from './node/duration.ts';
export { limitedText } from './node/limited-text.ts';
export { isFinal, type Snapshot } from './session/advance.ts';
export { callOf } from './session/call.ts';
export { deliver, EXPIRY, legalTargets, type StartInput, type Step, start } from './session/session.ts';
export { runScript, type ScriptResult } from './simulate/run-script.ts';
export { type Script, scriptSchema } from './simulate/script.ts';
export { createSimulation, type Said, type Simulation, type SimulationOptions } from './simulate/simulation.ts';
export { chooseTrigger, type LiveFlow, type TriggerDecision } from './trigger/choose-trigger.ts';
export { consentConfirmation, consentOf } from './trigger/consent.ts';
