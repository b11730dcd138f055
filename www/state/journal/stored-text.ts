/** Texts that a reload does not lose and that no edit has, such as a name that is half typed. */
import { effect, type Signal, signal } from "@preact/signals";

/**
 * A signal whose text is also in the browser's storage. If nothing can be stored, the text is lost with the page.
 *
 * @param storage returns the storage; in some pages, reading `window.localStorage` throws
 */
export function storedText(storage: () => Storage, key: string): Signal<string> {
  const text = signal("");
  try {
    text.value = storage().getItem(key) ?? "";
  } catch {
    // Nothing can be stored.
  }
  effect(() => {
    const { value } = text;
    try {
      if (value) storage().setItem(key, value);
      else storage().removeItem(key);
    } catch {
      // Nothing, or not that much, can be stored.
    }
  });
  return text;
}
