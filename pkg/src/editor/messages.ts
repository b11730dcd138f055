import { english } from "./translations/en.js";

/** A sentence, or one for each plural category that the language has. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
/** What a sentence is called. Issues are `issue.` and their code, advice is `advice.` and its kind. */
export type MessageKey = keyof typeof english;
/** Sentences in another language. What is missing is taken from the language's registered ones, then from English. */
export type Translations = Partial<Record<MessageKey, Message>>;
export type Params = Record<string, string | number>;

const languages = new Map<string, Translations>();

/**
 * Has editors in this language use these sentences.
 *
 * @param language a BCP 47 tag; `ar` also serves `ar-EG`
 * @example
 * import { addTranslations } from "symbl-tracker/editor";
 * import { arabic } from "symbl-tracker/editor/ar";
 * addTranslations("ar", arabic);
 */
export function addTranslations(language: string, translations: Translations): void {
  languages.set(language.toLowerCase(), translations);
}

/** The sentences of one editor. */
export class Messages {
  #own: Translations = {};
  #registered: Translations = {};
  #plural = new Intl.PluralRules("en");
  #number = new Intl.NumberFormat("en");
  readonly #bound: (() => void)[] = [];

  /** @param language of the page at the editor; empty if it has none */
  use(language: string, own: Translations): void {
    const tag = Intl.PluralRules.supportedLocalesOf(isTag(language) ? language : [])[0] ?? "en";
    this.#own = own;
    this.#registered = languages.get(tag.toLowerCase()) ?? languages.get(tag.split("-")[0] ?? "") ?? {};
    // Sentences that are English have English numbers and plurals, whatever the page's language.
    const locale = Object.keys({ ...own, ...this.#registered }).length > 0 ? tag : "en";
    this.#plural = new Intl.PluralRules(locale);
    this.#number = new Intl.NumberFormat(locale);
    for (const refresh of this.#bound) refresh();
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** A sentence with its parameters. Numbers are written as the language does. */
  text(key: MessageKey, params: Params = {}): string {
    const message: Message = this.#own[key] ?? this.#registered[key] ?? english[key];
    const form =
      typeof message === "string"
        ? message
        : (message[this.#plural.select(Number(params.count))] ?? message.other ?? "");
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name] ?? "";
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  /** Sets the text or the attributes of an element, and updates them when the language changes. */
  bind<T extends Element>(element: T, key: MessageKey, ...attributes: ("aria-label" | "title")[]): T {
    const refresh = () => {
      const text = this.text(key);
      if (attributes.length === 0) element.textContent = text;
      for (const attribute of attributes) element.setAttribute(attribute, text);
    };
    this.#bound.push(refresh);
    refresh();
    return element;
  }
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
