// A React component around a form hook.

import { container } from "./dom.js";

const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");

/**
 * Renders what a hook's result draws, lets `work` use the result of the last rendering, and unmounts it.
 *
 * @param draw what the component shows
 */
export async function withHook<Result, T>(
  hook: () => Result,
  work: (latest: () => Result, act: (step: () => unknown) => Promise<void>) => Promise<T>,
  draw: (result: Result) => unknown = () => null,
): Promise<T> {
  let latest: Result | undefined;
  function Form() {
    latest = hook();
    return draw(latest) as null;
  }
  const root = createRoot(container());
  const step = (work: () => unknown) => act(async () => void (await work()));
  await step(() => root.render(createElement(Form)));
  try {
    return await work(() => latest as Result, step);
  } finally {
    await step(() => root.unmount());
  }
}
