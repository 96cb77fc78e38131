/** Why a run ended. Every end has a name and a sentence; "almost" is never "yes". */
export const STOP_REASONS = {
  "goal-met": "the run met its goal: what it was to show was seen to settle",
  "steps-done": "the run made the number of steps it was asked for",
  "step-budget": "the run used up its budget of steps",
  "time-budget": "the run used up its budget of time",
  "step-underflow":
    "the bounded step became smaller than the spacing of floating-point numbers; more steps would change nothing",
  "loss-stalled":
    "the loss stopped falling: no step along the gradient that the step control allows lowers it in floating point",
  "zero-gradient": "the gradient is exactly zero (a saddle or a minimum); gradient descent stays there",
  diverged: "the iterates left the range of floating-point numbers (the step is too large for this problem)",
  interrupted: "the run was interrupted",
} as const;

export type StopReason = keyof typeof STOP_REASONS;
