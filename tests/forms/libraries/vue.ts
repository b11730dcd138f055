// A Vue component around a form composable.

import { container } from "./dom.js";

const { createApp } = await import("vue");

/** Runs a composable in a mounted component, lets `work` use its result, and unmounts the component. */
export async function withSetup<Result, T>(
  setup: () => Result,
  work: (result: Result) => Promise<T>,
): Promise<T> {
  let result: Result | undefined;
  const app = createApp({
    setup() {
      result = setup();
      return () => null;
    },
  });
  app.mount(container());
  try {
    return await work(result as Result);
  } finally {
    app.unmount();
  }
}
