"use strict";
// What pages cannot do with attributes alone: files that are dropped, texts that are copied, what is read out.

const main = () => document.getElementById("main");
const say = (text, wrong) => { document.getElementById(wrong ? "alarm" : "status").textContent = text; };

let waiting = false;  // for lists that are read: said when it begins and when it ends

function announce() {
  const notes = [...main().querySelectorAll("[data-note]")];
  notes.forEach((note) => say(note.textContent, note.hasAttribute("data-wrong")));
  const going = main().querySelector("[data-status]");
  const kind = notes.filter((note) => !note.hasAttribute("data-wrong")).map((note) => note.textContent);
  if (going && !waiting) say([...kind, going.dataset.status].join(" "));
  if (!going && waiting && !notes.length) say(main().querySelector("h1").textContent);
  waiting = Boolean(going);
}

function showNote(text) {
  const note = document.createElement("p");
  note.className = "note wrong";
  note.textContent = text;
  main().prepend(note);
  say(text, true);
}

// Files and folders that are dropped, each with its path inside of what was dropped.
async function filesOf(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((found, lost) => entry.file(found, lost));
    return [[path + entry.name, file]];
  }
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((found, lost) => reader.readEntries(found, lost));
    if (!some.length) return files;
    for (const one of some) files.push(...await filesOf(one, path + entry.name + "/"));
  }
}

async function droppedFiles(data) {
  const items = [...data.items].filter((one) => one.kind === "file");
  const found = items.map((one) => [one.webkitGetAsEntry(), one.getAsFile()]);  // both are gone after the first wait
  const files = found.map(([entry, file]) => (entry ? filesOf(entry, "") : file ? [[file.name, file]] : []));
  return (await Promise.all(files)).flat();
}

function send(form, files) {
  if (!files.length) return;
  const body = new FormData();
  files.forEach(([name, file]) => body.append("files", file, name));
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const request = new XMLHttpRequest();
  const done = (text) => { progress.hidden = true; if (text) showNote(text); };
  request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
  request.onload = () => {
    if (request.status >= 400) { done(request.status === 413 ? form.dataset.tooLarge : form.dataset.failed); return; }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    main().replaceWith(document.adoptNode(page.getElementById("main")));
    htmx.process(main());
    prepare();
    announce();
    main().focus();
  };
  request.onerror = () => done(form.dataset.failed);
  request.onabort = () => done(form.dataset.cancelled);
  progress.hidden = false;
  bar.value = 0;
  progress.querySelector("[data-cancel]").onclick = () => request.abort();
  progress.querySelector("[data-cancel]").focus();
  say(form.dataset.sending);
  request.open("POST", form.action);
  request.send(body);
}

function prepare() {
  const filters = document.getElementById("filter-box");
  if (filters) filters.open = filtering;
  document.querySelectorAll("[data-without-script]").forEach((one) => { one.hidden = true; });
}

// What is typed and not sent stays when the language changes: the page comes back in other words, at the same place.
const UNSENT = "outreach-unsent";

function typedFields() {
  const count = {};
  const fields = [...main().querySelectorAll("form[method=post] :is(input, textarea, select)")].filter(
    (one) => one.name && !one.disabled && !["hidden", "file", "password"].includes(one.type));
  return fields.map((one) => {
    const about = [...one.form.querySelectorAll("input[type=hidden]")].map((hidden) => hidden.value);  // which text
    const key = JSON.stringify([one.form.getAttribute("action"), about, one.name, one.type.match(/checkbox|radio/) && one.value]);
    count[key] = (count[key] || 0) + 1;
    return [`${key} ${count[key]}`, one];
  });
}

const isChanged = (one) => {
  if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
  if (one.options) return [...one.options].some((option) => option.selected !== option.defaultSelected);
  return one.value !== one.defaultValue;
};
const valueOf = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value);

function keepUnsent(form) {
  const typed = typedFields().filter(([, one]) => isChanged(one)).map(([key, one]) => [key, valueOf(one)]);
  const here = location.pathname + location.search;
  if (form.elements.back) form.elements.back.value = here;
  try { sessionStorage.setItem(UNSENT, JSON.stringify([here, typed])); } catch { /* a private window keeps nothing */ }
}

function restoreUnsent() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(UNSENT));
    sessionStorage.removeItem(UNSENT);
  } catch { /* likewise */ }
  if (!kept || kept[0] !== location.pathname + location.search) return;
  const typed = new Map(kept[1]);
  typedFields().forEach(([key, one]) => {
    if (!typed.has(key)) return;
    const ticked = one.type === "checkbox" || one.type === "radio";
    if (ticked) one.checked = typed.get(key);
    else one.value = typed.get(key);
    for (let box = one.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    one.dispatchEvent(new Event(ticked ? "change" : "input", { bubbles: true }));  // measures and previews begin again
  });
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) {
    keepUnsent(event.target.form);
    event.target.form.submit();
  }
  const form = event.target.closest("[data-drop]");
  if (form && event.target.type === "file") {
    send(form, [...event.target.files].map((file) => [file.webkitRelativePath || file.name, file]));
  }
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, async (event) => {
    const form = document.querySelector("[data-drop]");
    if (!form || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind === "drop") send(form, await droppedFiles(event.dataTransfer));
  });
}

// The sheet of places: each cell is sent when it is left, with what stood in it before; the file may say otherwise.
const held = (cell) => cell.dataset.seen ?? cell.defaultValue;
const ofCell = (context) => context.sourceElement.matches("[data-sheet]") && context.sourceEvent.target;

document.addEventListener("htmx:config:request", (event) => {
  const cell = ofCell(event.detail.ctx);
  if (!cell) return;
  const { place, row } = cell.closest("tr").dataset;
  const body = new FormData();
  const mark = document.getElementById("mark").value;
  const { more } = event.detail.ctx.sourceElement.dataset;
  const sent = { place, row, mark, more, column: cell.dataset.cell, text: cell.value, seen: held(cell) };
  Object.entries(sent).forEach(([name, value]) => body.append(name, value));
  event.detail.ctx.request.body = body;
  Object.assign(event.detail.ctx, { before: sent.seen, typed: sent.text });
  cell.dataset.seen = cell.value;  // what the next change of this cell begins with, unless the answer says otherwise
});

function cellAnswered(cell, typed) {
  const note = document.getElementById(cell.id.replace("c-", "note-"));
  const wrong = note.hasAttribute("data-wrong");
  if (note.dataset.seen !== undefined) {
    cell.dataset.seen = note.dataset.seen;
    if (cell.value === typed) cell.value = note.dataset.value;
  }
  if (wrong) cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
  say(note.dataset.said, wrong);
}

function cellLost(cell, before) {
  cell.dataset.seen = before;
  showNote(document.body.dataset.ended);
}

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (event.key !== "Enter" || event.isComposing || !cell.matches?.("[data-cell]")) return;
  event.preventDefault();
  const row = cell.closest("tr")[event.shiftKey ? "previousElementSibling" : "nextElementSibling"];
  const next = row?.querySelector(`[data-cell="${cell.dataset.cell}"]`);
  if (next) next.focus();
  else if (cell.value !== held(cell)) cell.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("paste", (event) => {
  const cell = event.target;
  if (!cell.matches?.("[data-cell]")) return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n\r]/.test(text.trimEnd())) return;
  event.preventDefault();
  const form = document.getElementById("paste");
  form.elements.place.value = cell.closest("tr").dataset.place;
  form.elements.column.value = cell.dataset.cell;
  form.elements.text.value = text;
  form.requestSubmit();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    say(document.body.dataset.copied);
    button.dataset.done = document.body.dataset.copied;
    document.getElementById(button.dataset.offers)?.classList.remove("quiet");  // what comes next
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});

// The focus goes to what was opened, and back to where it was opened from. A swap may take away what was clicked: then
// htmx names the swapped part instead.
let asked = null;
let opener = "";
let filtering = !matchMedia("(max-width: 40rem)").matches;  // on a phone the table comes first
document.addEventListener("htmx:before:request", (event) => {
  asked = event.detail.ctx.sourceElement;
  if (asked.dataset.says) {  // it takes a while
    say(asked.dataset.says);
    asked.querySelector("[data-saying]").textContent = asked.dataset.says;
  }
  filtering = document.getElementById("filter-box")?.open ?? filtering;
  if (asked.closest("th[scope=row]")) opener = asked.id;
});
document.addEventListener("htmx:after:swap", (event) => {
  const cell = ofCell(event.detail.ctx);
  if (cell) {
    if (event.detail.ctx.response.status === 200) cellAnswered(cell, event.detail.ctx.typed);
    else cellLost(cell, event.detail.ctx.before);
    return;
  }
  prepare();
  announce();
  const of = (id) => document.getElementById(id);
  // A part that is kept keeps what was typed and ticked: forms begin again from what the page says now.
  if (asked.matches("form[method=post]:not([data-keeps])") && asked.isConnected) asked.reset();
  if (asked.getAttribute("hx-target") === "#main") of("taking")?.reset();
  if (asked.id === "paste") of("preview-title")?.focus();
  if (asked.id === "place-close") of(opener)?.focus();
  else if (asked.id === opener) of("place-title")?.focus();
  setTimeout(() => {  // what is no longer shown loses the focus a moment later
    if (!document.activeElement || document.activeElement === document.body) (of(asked.id) || main()).focus();
  }, 50);
});
document.addEventListener("htmx:error", (event) => {
  const context = event.detail.ctx;
  const cell = context && ofCell(context);
  if (cell) cellLost(cell, context.before);
  else showNote(document.body.dataset.ended);
});
document.addEventListener("DOMContentLoaded", () => {
  prepare();
  announce();
  setTimeout(restoreUnsent);  // htmx begins to listen in a timer, too
});
