/** Moves the focus to the first issue in the editor. */
export function focusFirstIssue(): void {
  const editor = document.querySelector("tracker-editor");
  if (!editor) return;
  const [issue] = editor.issues;
  const [field, index] = issue?.path ?? [];
  if (field === "vocabulary" && typeof index === "number") editor.focus({ phrase: index });
  else editor.focus();
}
