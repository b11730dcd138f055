// Undo and redo as people expect them of an editor.

import { expect, it } from "vitest";
import {
  button,
  caret,
  eventually,
  inChromium,
  name,
  openWith,
  page,
  paste,
  phrase,
  status,
  vocabulary,
  withEditor,
} from "./page.js";

inChromium("the history", () => {
  it("gives a phrase back as it was after an insertion and a suggestion", async () => {
    await openWith(["on sale", "flash sale", "half price", "month special", "gift card"]);
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText("Could you please call back");
    await button("Review…").click();
    await button("Take 1 suggestion").click();
    await eventually(() => phrase(1).inputValue()).toBe("call back");
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+z");
    await eventually(() => phrase(1).inputValue()).toBe("Could you please call back");
    await page.keyboard.press("ControlOrMeta+z");
    await eventually(() => phrase(1).inputValue()).toBe("on sale");
    expect(await vocabulary()).toEqual(["on sale", "flash sale", "half price", "month special", "gift card"]);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await eventually(() => phrase(1).inputValue()).toBe("Could you please call back");
  });

  it("takes a run of typing as one step, and says what it undid", async () => {
    await openWith(["on", "off"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" sale today");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await phrase(1).inputValue()).toBe("on");
    expect(await caret()).toEqual({ label: "Phrase 1", at: 2 });
    await eventually(status).toBe("Undone: phrase 1 is “on”.");
    await page.keyboard.press("ControlOrMeta+y");
    expect(await phrase(1).inputValue()).toBe("on sale today");
    await eventually(status).toBe("Redone: phrase 1 is “on sale today”.");
  });

  it("starts another step after a jump of the caret, after deleting, and in another field", async () => {
    await openWith(["abc", "x"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("de");
    await page.keyboard.press("Home");
    await page.keyboard.type("12");
    await page.keyboard.press("Backspace");
    await name().click();
    await page.keyboard.press("End");
    await page.keyboard.type("!?");
    const steps: unknown[] = [];
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press("ControlOrMeta+z");
      steps.push(await withEditor(({ value }) => [value.name, value.vocabulary[0]]));
    }
    expect(steps).toEqual([
      ["Sale", "1abcde"],
      ["Sale", "12abcde"],
      ["Sale", "abcde"],
      ["Sale", "abc"],
    ]);
    await page.keyboard.press("ControlOrMeta+z");
    await eventually(status).toBe("Nothing to do.");
  });

  it("starts another step after a pause", async () => {
    await openWith(["a"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("b");
    await page.waitForTimeout(1_200);
    await page.keyboard.type("c");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await phrase(1).inputValue()).toBe("ab");
  });

  it("takes a paste as one step, apart from typing", async () => {
    await openWith(["a"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("b");
    await paste("cd");
    await page.keyboard.type("e");
    const steps: string[] = [];
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("ControlOrMeta+z");
      steps.push(await phrase(1).inputValue());
    }
    expect(steps).toEqual(["abcd", "ab", "a"]);
  });

  it("takes a composition as one step, whose keys do nothing else", async () => {
    await openWith(["a", "b"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    const session = await page.context().newCDPSession(page);
    for (const text of ["に", "にほ", "日本"]) {
      await session.send("Input.imeSetComposition", {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    }
    // As an input method's Enter arrives, and Safari's after it.
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      await withEditor((editor, init) => {
        const field = editor.shadowRoot?.activeElement;
        for (const key of ["Enter", "ArrowDown", "z"])
          field?.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, ctrlKey: key === "z", ...init }),
          );
      }, init);
    }
    await session.send("Input.insertText", { text: "日本" });
    expect(await vocabulary()).toEqual(["a日本", "b"]);
    await page.keyboard.press("ControlOrMeta+z");
    expect(await vocabulary()).toEqual(["a", "b"]);
  });

  it("means the draft’s history by the browser’s own undo", async () => {
    await openWith(["a"]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("bc");
    // As the context menu and the Edit menu do.
    const session = await page.context().newCDPSession(page);
    const command = (name: string) =>
      session.send("Input.dispatchKeyEvent", { type: "keyDown", key: "F13", commands: [name] });
    await command("Undo");
    await eventually(vocabulary).toEqual(["a"]);
    // The browser, whose own history is empty, would offer no redo.
    await phrase(1).evaluate((field) =>
      field.dispatchEvent(
        new InputEvent("beforeinput", { inputType: "historyRedo", bubbles: true, cancelable: true }),
      ),
    );
    await eventually(vocabulary).toEqual(["abc"]);
  });

  it("reveals the row that it changed", async () => {
    await openWith(Array.from({ length: 3000 }, (_, index) => `phrase ${index}`));
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("x");
    await page.keyboard.press("ControlOrMeta+End");
    expect((await caret()).label).toBe("Phrase 3,000");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await caret()).toEqual({ label: "Phrase 1", at: 8 });
  });

  it("is not modified after undoing to what was saved", async () => {
    await openWith(["a"]);
    const isDirty = () => withEditor((editor) => [editor.isModified, editor.matches(":state(dirty)")]);
    await phrase(1).fill("b");
    expect(await isDirty()).toEqual([true, true]);
    await withEditor((editor) => editor.markSaved());
    expect(await isDirty()).toEqual([false, false]);
    await phrase(1).fill("c");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await isDirty()).toEqual([false, false]);
    await page.keyboard.press("ControlOrMeta+z");
    expect(await isDirty()).toEqual([true, true]);
  });
});
