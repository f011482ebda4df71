// Marks what is selected of a text that is redacted: the button sends the bytes of the selection as the boxes of the form do. Without it, the boxes serve.
(() => {
  const form = document.querySelector("form.cuts"), button = document.querySelector("button.selected");
  if (!form || !button) return;
  const at = (node, offset) => {
    const part = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
    if (!part) return -1;
    const range = document.createRange();
    range.setStart(part, 0);
    range.setEnd(node, offset);
    return Number(part.dataset.at) + new TextEncoder().encode(range.toString()).length;
  };
  const span = () => {
    const s = getSelection();
    if (!s.rangeCount || s.isCollapsed) return "";
    const r = s.getRangeAt(0), from = at(r.startContainer, r.startOffset), to = at(r.endContainer, r.endOffset);
    return from >= 0 && to > from ? from + "-" + to : "";
  };
  button.hidden = false;
  let last = "";
  document.addEventListener("selectionchange", () => { const s = span(); if (s) last = s; });
  button.addEventListener("click", (e) => {
    if (!last) { e.preventDefault(); return; }
    for (const box of form.querySelectorAll("input[name=at]")) box.checked = false;
    const x = document.createElement("input");
    x.type = "hidden"; x.name = "at"; x.value = last;
    form.append(x);
  });
})();
