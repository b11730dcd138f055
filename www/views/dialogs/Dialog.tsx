/** A modal dialog. It is open while it is rendered. When it closes, the focus goes back to where it was. */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  title: string;
  /** Called when Escape is pressed. The parent then stops rendering the dialog, unless it has to stay open. */
  onClose: () => void;
  /** Whether the dialog is wide enough for a table. */
  isWide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, isWide = false, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  // Chrome closes a dialog without asking if Escape is pressed twice. If it is still rendered, it is opened again.
  const closed = () => {
    if (!dialog.current) return;
    onClose();
    setTimeout(() => {
      const { current } = dialog;
      if (current && !current.open) current.showModal();
    });
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      class={isWide ? "wide" : ""}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={closed}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
