import type { RunHooks } from "../../migrate/run_hooks.ts";
import { type Plan, type Step, stepsOf } from "../../plan/plan.ts";
import type { Report } from "../../report/event.ts";
import { stepView } from "../../report/step_view.ts";
import {
  type CallbackEvent,
  type CallbackName,
  callbackNames,
} from "../../script/code/callbacks.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import { thrownMessage } from "../../script/code/thrown_message.ts";
import { callCommand } from "./call_command.ts";
import type { Environment } from "../environment.ts";
import { saveDatabase } from "./save_database.ts";
import type { OpenDatabase } from "../database/with_database.ts";

/**
 * Returns what the project wants done around a run, its commands first, then the callbacks that
 * `env.ts` exports.
 */
export async function runHooks(
  environment: Environment,
  open: OpenDatabase,
  { backupFolder, report }: {
    /** Absolute; absent: no backup is made. */
    readonly backupFolder: string | undefined;
    readonly report: Report;
  },
): Promise<RunHooks | undefined> {
  const { config, context } = environment;
  const { callbacks = {} } = await loadEnvironment(config.scriptDirectory);
  let run: RunFacts = { direction: "upgrade", from: [], to: [], steps: 0 };
  let backup: string | undefined;
  /** Returns `undefined` if no callback is set: a call for each step costs time. */
  const caller = (callback: CallbackName) => {
    const command = config.callbacks[callback];
    const code = callbacks[callback];
    if (command === undefined && code === undefined) return undefined;
    return async (more: Pick<CallbackEvent, "revision" | "message" | "error"> = {}) => {
      const event = { callback, database: open.shown, ...run, backup, ...more };
      if (command !== undefined) await callCommand(command, event, { config, context, report });
      await code?.(event);
    };
  };
  const [beforeRun, afterRun, beforeStep, afterStep, onError] = callbackNames.map(caller);
  const isWanted = [beforeRun, afterRun, beforeStep, afterStep, onError, backupFolder]
    .some((it) => it !== undefined);
  if (!isWanted) return undefined;
  return {
    beforeRun: async (plan) => {
      run = runFacts(plan);
      await beforeRun?.();
    },
    ...(backupFolder !== undefined && {
      backup: async (plan: Plan) => {
        backup = await saveDatabase(open, backupFolder, { environment, plan, report });
        return backup;
      },
    }),
    ...(beforeStep && { beforeStep: (step: Step) => beforeStep(stepFacts(step)) }),
    ...(afterStep && { afterStep: (step: Step) => afterStep(stepFacts(step)) }),
    ...(afterRun && { afterRun: () => afterRun() }),
    ...(onError && {
      onError: async (error, step) => {
        const facts = step === undefined ? {} : stepFacts(step);
        await onError({ ...facts, error: error.message }).catch((failure: unknown) => {
          report({ kind: "warned", message: thrownMessage(failure) });
        });
      },
    }),
  };
}

type RunFacts = Pick<CallbackEvent, "direction" | "from" | "to" | "steps">;

function runFacts(plan: Plan): RunFacts {
  const steps = stepsOf(plan);
  const direction = steps[0]?.move.direction ?? "upgrade";
  return { direction, from: plan.from, to: plan.to, steps: steps.length };
}

function stepFacts({ move }: Step): Pick<CallbackEvent, "revision" | "message"> {
  const { revision, message } = stepView(move);
  return { revision, message };
}
