/** Groups of which one member runs and one waits; a newer one takes the place of the one that waits. */
export interface ConcurrencyGroups {
  /**
   * Waits for its turn. Resolves with `undefined` if a newer one took its place, or else with the function that must be
   * called at the end. `cancel` is called when a newer one wants to run at once.
   */
  enter(group: string, options: EnterOptions): Promise<(() => void) | undefined>;
  /** How many have had to wait for a group so far. */
  waited(group: string): number;
}

export interface EnterOptions {
  readonly cancelInProgress: boolean;
  cancel(): void;
}

interface Member {
  readonly cancel: () => void;
  readonly begin: (goes: boolean) => void;
}

/** https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency */
export function createConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, { running: Member | undefined; waiting: Member | undefined }>();
  const waited = new Map<string, number>();
  return {
    async enter(name, { cancelInProgress, cancel }) {
      const group = groups.get(name.toLowerCase()) ?? { running: undefined, waiting: undefined };
      groups.set(name.toLowerCase(), group);
      const leave = () => {
        group.running = group.waiting;
        group.waiting = undefined;
        group.running?.begin(true);
      };
      if (group.running === undefined) {
        group.running = { cancel, begin: () => undefined };
        return leave;
      }
      if (cancelInProgress) group.running.cancel();
      group.waiting?.begin(false);
      waited.set(name, (waited.get(name) ?? 0) + 1);
      const goes = await new Promise<boolean>((begin) => {
        group.waiting = { cancel, begin };
      });
      return goes ? leave : undefined;
    },
    waited: (name) => waited.get(name) ?? 0,
  };
}
