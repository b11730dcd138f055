// The element in a form, in a shadow root, moved and removed, and two on one page.

import { expect, it } from "vitest";
import {
  button,
  caret,
  eventually,
  inChromium,
  issueOf,
  name,
  open,
  page,
  phrase,
  posted,
  vocabulary,
  withEditor,
} from "./page.js";

const FORM = `<form method="post" action="/trackers" enctype="text/plain">
  <label for="editor">The tracker</label>
  <fieldset><tracker-editor id="editor" name="tracker" required></tracker-editor></fieldset>
  <button>Send</button><button type="reset">Reset</button>
</form>`;
const SALE = { id: "42", name: "Sale", vocabulary: ["on sale", "half price"] };
const load = (tracker: unknown = SALE) =>
  withEditor((editor, tracker) => {
    editor.value = tracker as typeof editor.value;
  }, tracker);
const data = () =>
  page.evaluate(() => new FormData(document.querySelector("form") as HTMLFormElement).get("tracker"));

inChromium("the element in a form", () => {
  it("submits the tracker", async () => {
    await open(FORM);
    await load();
    await phrase(2).fill("half the price");
    await button("Add phrase").click();
    await button("Send").click();
    await eventually(() => posted).toBe(
      `tracker=${JSON.stringify({ ...SALE, vocabulary: ["on sale", "half the price"] })}\r\n`,
    );
  });

  it("is not submitted while it is invalid, says why, and shows the first problem", async () => {
    await open(FORM);
    expect(await withEditor((editor) => [editor.validity.valueMissing, editor.validationMessage])).toEqual([
      true,
      "Enter a name and at least one phrase.",
    ]);
    const many = Array.from({ length: 2_000 }, (_, index) => `phrase ${index}`);
    await load({ ...SALE, vocabulary: [...many, "phrase 3"] });
    expect(await withEditor((editor) => editor.matches(":state(user-invalid)"))).toBe(false);
    await button("Send").click();
    await eventually(async () => (await caret()).label).toBe("Phrase 2,001");
    expect(await withEditor((editor) => [editor.validity.badInput, editor.validationMessage])).toEqual([
      true,
      "Phrase 2,001: Repeats phrase 4.",
    ]);
    expect(await withEditor((editor) => editor.matches(":state(user-invalid)"))).toBe(true);
    expect(posted).toBeUndefined();
    await page.keyboard.type("!");
    expect(await withEditor((editor) => editor.matches(":state(user-invalid)"))).toBe(false);
    await withEditor((editor) => editor.setCustomValidity("The name is taken."));
    expect(await withEditor((editor) => [editor.checkValidity(), editor.validationMessage])).toEqual([
      false,
      "The name is taken.",
    ]);
  });

  it("resets, is disabled, and is restored", async () => {
    await open(FORM);
    await load();
    await phrase(1).fill("changed");
    expect(await withEditor((editor) => editor.isModified)).toBe(true);
    await button("Reset").click();
    expect(await vocabulary()).toEqual(SALE.vocabulary);
    expect(await withEditor((editor) => editor.isModified)).toBe(false);
    await page.evaluate(() => document.querySelector("fieldset")?.toggleAttribute("disabled", true));
    expect(await data()).toBeNull();
    expect(await phrase(1).isEditable()).toBe(false);
    await phrase(1).click({ force: true });
    expect((await caret()).label).toBeNull();
    await page.evaluate(() => document.querySelector("fieldset")?.toggleAttribute("disabled", false));
    expect(await data()).toBe(JSON.stringify(SALE));
    await withEditor((editor) =>
      editor.formStateRestoreCallback('{"tracker":{"id":"42","name":"X","vocabulary":["y"]}}'),
    );
    expect(await data()).toBe('{"id":"42","name":"X","vocabulary":["y"]}');
  });

  it("is restored when the person comes back to the page", async () => {
    await open(FORM);
    await name().fill("New");
    await button("Add phrase").click();
    await page.keyboard.type("typed here");
    const url = page.url();
    await page.goto(`${url}package.json`);
    await page.goBack();
    await page.waitForFunction(() => "api" in globalThis);
    await eventually(() => withEditor((editor) => editor.value)).toEqual({
      name: "New",
      vocabulary: ["typed here"],
    });
  });

  it("can be read-only", async () => {
    await open(FORM);
    await load();
    await withEditor((editor) => {
      editor.readOnly = true;
    });
    expect(await phrase(1).isEditable()).toBe(false);
    expect(await button("Add phrase").isVisible()).toBe(false);
    await phrase(1).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Alt+ArrowDown");
    await page.keyboard.type("x");
    expect(await vocabulary()).toEqual(SALE.vocabulary);
    expect(await data()).toBe(JSON.stringify(SALE));
  });

  it("has its label, and moves the focus where it is told", async () => {
    await open(FORM);
    await load();
    await page.getByText("The tracker", { exact: true }).click();
    expect((await caret()).label).toBe("name");
    await withEditor((editor) => editor.focus({ phrase: 1 }));
    expect((await caret()).label).toBe("Phrase 2");
    expect(
      await withEditor((editor) => [editor.form?.tagName, editor.labels.length, editor.willValidate]),
    ).toEqual(["FORM", 1, true]);
  });

  it("tells of what the person does, and of nothing else", async () => {
    await open(FORM);
    await load();
    await withEditor((editor) => {
      const heard: string[] = [];
      Reflect.set(globalThis, "heard", heard);
      for (const type of ["input", "change", "tracker-change"])
        document.body.addEventListener(type, (event) => {
          const { issueCount } = (event as CustomEvent).detail ?? {};
          heard.push(issueCount === undefined ? event.type : `${event.type} ${issueCount}`);
        });
      editor.draft.setPhrase(0, "by the page");
      editor.value = { id: "42", name: "Sale", vocabulary: ["a", "b"] };
      editor.undo();
    });
    const heard = () => page.evaluate(() => Reflect.get(globalThis, "heard").splice(0));
    expect(await heard()).toEqual([]);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("b");
    expect(await heard()).toEqual(["input", "tracker-change 1", "input", "tracker-change 1"]);
    await name().focus();
    expect(await heard()).toEqual(["change"]);
    await button("Find").click();
    await page.keyboard.type("b");
    expect(await heard()).toEqual([]);
    await button("Undo").click();
    expect(await heard()).toEqual(["input", "tracker-change 1", "change"]);
  });

  it("takes over properties that were set before it was defined, and a draft of the page’s", async () => {
    await open("<p></p>", {
      script: `
        const early = document.createElement("tracker-editor");
        const { TrackerDraft } = await import("/pkg/dist/index.js");
        globalThis.shared = new TrackerDraft({ id: "1", name: "Shared", vocabulary: ["x"] });
        const ghost = document.createElement("div");
        document.querySelector("main").append(early);
        early.draft = globalThis.shared;
      `,
    });
    expect(await vocabulary()).toEqual(["x"]);
    await phrase(1).fill("y");
    expect(await page.evaluate(() => Reflect.get(globalThis, "shared").phraseAt(0))).toBe("y");
    await page.evaluate(() => Reflect.get(globalThis, "shared").appendPhrases(["z"]));
    expect(await phrase(2).inputValue()).toBe("z");
    // Removed, it does not follow the draft; put back, it does again.
    await page.evaluate(() => {
      const editor = document.querySelector("tracker-editor");
      editor?.remove();
      Reflect.set(globalThis, "removed", editor);
      Reflect.get(globalThis, "shared").appendPhrases(["later"]);
      if (editor) document.querySelector("p")?.append(editor);
    });
    expect(await phrase(3).inputValue()).toBe("later");
  });

  it("upgrades an element that was there before", async () => {
    await open("<div></div>", {
      script: `
        const frame = document.createElement("template");
        const plain = document.implementation.createHTMLDocument().createElement("tracker-editor");
        plain.value = { name: "Early", vocabulary: ["set before"] };
        plain.maxBytes = 100;
        document.querySelector("div").append(document.adoptNode(plain));
        customElements.upgrade(plain);
      `,
    });
    expect(await vocabulary()).toEqual(["set before"]);
    expect(
      await withEditor((editor) => [editor.getAttribute("max-bytes"), editor.maxBytes, editor.for]),
    ).toEqual(["100", 100, "create"]);
    await phrase(1).fill("x".repeat(100));
    expect(
      await withEditor((editor) => [editor.validity.tooLong, editor.matches(":state(over-limit)")]),
    ).toEqual([true, true]);
  });

  it("works twice on a page, in a shadow root, and keeps its history when it is moved", async () => {
    await open(
      '<div id="host"></div><section><tracker-editor label="Second"></tracker-editor></section><aside></aside>',
      {
        script: `
          const root = document.querySelector("#host").attachShadow({ mode: "open" });
          const inner = document.createElement("tracker-editor");
          inner.label = "First";
          root.append(inner);
        `,
      },
    );
    const [first, second] = [
      page.getByRole("group", { name: "First" }),
      page.getByRole("group", { name: "Second" }),
    ];
    for (const [group, text] of [
      [first, "one"],
      [second, "two"],
    ] as const) {
      await group.getByRole("button", { name: "Add phrase", exact: true }).click();
      await page.keyboard.type(text);
    }
    await page.evaluate(() =>
      document.querySelector("aside")?.append(document.querySelector("tracker-editor") as Element),
    );
    expect(await first.getByRole("textbox", { name: "Phrase 1" }).inputValue()).toBe("one");
    await second.getByRole("textbox", { name: "Phrase 1" }).focus();
    await page.keyboard.press("ControlOrMeta+z");
    expect(await second.getByRole("textbox", { name: "Phrase 1" }).inputValue()).toBe("");
    expect(await first.getByRole("textbox", { name: "Phrase 1" }).inputValue()).toBe("one");
  });

  it("is collected with its draft once it is removed", async () => {
    await open("<div></div>");
    const session = await page.context().newCDPSession(page);
    await page.evaluate(() => {
      const { TrackerEditor } = Reflect.get(globalThis, "api");
      const editor = new TrackerEditor();
      document.querySelector("div")?.append(editor);
      editor.value = { id: "1", name: "A", vocabulary: ["a"] };
      Reflect.set(globalThis, "refs", [new WeakRef(editor), new WeakRef(editor.draft)]);
      editor.remove();
    });
    await eventually(async () => {
      await session.send("HeapProfiler.collectGarbage");
      return page.evaluate(() =>
        Reflect.get(globalThis, "refs").map((ref: WeakRef<object>) => ref.deref() === undefined),
      );
    }).toEqual([true, true]);
  });

  it("keeps edits and what is modified when it gets another limit or an id", async () => {
    await open(FORM);
    await load({ name: "New", vocabulary: ["a"] });
    await phrase(1).fill("b");
    await withEditor((editor) => {
      editor.trackerId = "7";
      editor.maxBytes = 30;
    });
    expect(
      await withEditor(({ value, isModified, for: operation, validity }) => [
        value,
        isModified,
        operation,
        validity.tooLong,
      ]),
    ).toEqual([{ id: "7", name: "New", vocabulary: ["b"] }, true, "update", true]);
    await button("Undo").click();
    expect(await vocabulary()).toEqual(["a"]);
  });

  it("reflects whether it shows JSON", async () => {
    await open(FORM);
    await load();
    await page.getByText("More", { exact: true }).click();
    await button("Edit as JSON").click();
    expect(await withEditor((editor) => editor.getAttribute("mode"))).toBe("json");
    await button("Back to the list").click();
    expect(await withEditor((editor) => editor.getAttribute("mode"))).toBe("list");
  });

  it("does not mark the name of a new tracker before it was left", async () => {
    await open(FORM);
    expect(await issueOf(name())).toBeNull();
    await name().focus();
    await page.keyboard.press("Tab");
    expect(await issueOf(name())).toBe("The tracker needs a name.");
  });
});
