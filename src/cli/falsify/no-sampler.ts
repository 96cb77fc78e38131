/**
 * Dropped hypotheses that nothing drawn breaks: what is said in place of a hunt that could find nothing, with the answer of
 * properties/necessity to why the hypothesis is there.
 */
import { type Answer, NECESSITY } from "../../../properties/necessity/table.js";
import { breaksIt, type Prey } from "./prey.js";

function answerWords(answer: Answer): string {
  switch (answer.status) {
    case "counterexample":
      return "a certified counterexample is pinned in properties/necessity/cases.ts";
    case "implied":
      return `implied by ${answer.by.join(", ")}: ${answer.why}`;
    case "not-used":
      return `not used by the proof: ${answer.why}`;
    case "open":
      return `open: ${answer.why}`;
  }
}

/** One sentence; null where cases that break it can be drawn, or nobody knows what a file of the user's draws. */
export function noSampler({ of, dropped }: Prey, isOwn: boolean): string | null {
  if (dropped === null || isOwn || breaksIt(dropped.id)) return null;
  const answers = NECESSITY.filter((n) => n.theorem === of && n.hypothesis === dropped.id);
  const known = answers.map(({ dynamics, answer }) => ` (${dynamics}) ${answerWords(answer)}`).join(";");
  return `${of}: no case that is drawn breaks ${dropped.id} from its space, so nothing was hunted${known === "" ? "" : `; known of it:${known}`}`;
}
