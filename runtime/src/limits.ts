/** Nodes entered without listening in between: a longer walk is a loop, and fifty messages must not go out. */
export const MAX_WALK = 100;
/** Nodes entered since the person last said something: a flow that only talks to its own timers stops here. */
export const MAX_SILENT_VISITS = 500;
/** Effects of one step; the outbox of a conversation holds 64. */
export const MAX_EFFECTS = 32;
/** Timers of one waiting node. */
export const MAX_TIMERS = 8;
/** Places that interrupts and jumps left and that one can go back to. */
export const MAX_PARKED = 3;
/** How deep sub-flows run inside each other. */
export const MAX_SUBFLOW_DEPTH = 5;
/** States of one machine, about 3 kB each. */
export const MAX_STATES = 5_000;
/** What a session may remember, in bytes of JSON; it lives inside the conversation's document. */
export const MAX_MEMORY = 256_000;
/** What the answer of one call may put into the variables, in characters of JSON. */
export const MAX_ANSWER = 100_000;
/** The rendered config that a call keeps until it is answered, in bytes of JSON. */
export const MAX_CALL = 48_000;
