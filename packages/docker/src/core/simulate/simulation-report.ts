import type { Plan } from '../plan/plan.js';
import type { EventKind } from './make-event.js';
import type { Simulation } from './simulate-workflow.js';
import type { WorkflowEvent } from './workflow-event.js';

/** What `simulate --json` prints. */
export interface SimulationReport extends Simulation {
  /** Workspace-relative. */
  readonly workflow: string;
  readonly event: SimulatedEvent;
  /** What the plan of the event is; null where no step of the workflow makes one. */
  readonly plan: Plan | null;
  /** False where nobody asked what is published, so that all that changed counts as missing. */
  readonly askedRegistry: boolean;
}

export interface SimulatedEvent extends Pick<WorkflowEvent, 'name' | 'ref' | 'sha' | 'fromFork'> {
  readonly kind: EventKind;
  /** The commit that it is compared with; null if there is none. */
  readonly base: string | null;
}
