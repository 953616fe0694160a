"use strict";
// Tables of the report: sort by a header, filter, choose columns, save what is shown. Without it all is there to read.
for (const table of document.querySelectorAll("table[data-tools]")) {
  const words = table.dataset;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const make = (name, kind, text) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  };
  const bar = make("div", "tools");
  const count = make("span", "count");
  count.setAttribute("role", "status");
  const say = () => {
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = words.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  const label = make("label", "find", words.filter + " ");
  const find = make("input");
  find.type = "search";
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLocaleLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
    say();
  });
  label.append(find);
  const show = (at, visible) => {
    for (const row of [table.tHead.rows[0], ...rows]) row.cells[at].hidden = !visible;
  };
  const menu = make("details", "menu");
  menu.append(make("summary", "", words.columns));
  const list = make("div", "choices");
  heads.forEach((head, at) => {
    if (at === 0) return;
    const line = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = !head.hasAttribute("data-folded");
    if (!box.checked) show(at, false);
    box.addEventListener("change", () => show(at, box.checked));
    line.append(box, " " + head.textContent.trim());
    list.append(line);
  });
  menu.append(list);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstChild.focus();
    }
  });
  const neutral = (text) => (/^["\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@'\uff1d\uff0b\uff0d\uff20\t\r]/.test(text) ? "'" + text : text);
  const quoted = (text) => (/[",;\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const value = (cell) => ("value" in cell.dataset ? cell.dataset.value : neutral(cell.textContent.trim()));
  const save = make("button", "quiet", words.export);
  save.type = "button";
  save.addEventListener("click", () => {
    const lines = [table.tHead.rows[0], ...[...body.rows].filter((row) => !row.hidden)].map((row) =>
      [...row.cells].filter((cell) => !cell.hidden).map((cell) => quoted(value(cell))).join(","));
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = words.name + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  heads.forEach((head, at) => {
    const text = head.textContent.trim();
    const button = make("button", "sort", text);
    button.type = "button";
    button.title = head.title;
    head.removeAttribute("title");
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const number = head.hasAttribute("data-number");
      const before = head.getAttribute("aria-sort");
      const up = before ? before === "descending" : !number;
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const known = (row) => (number ? "value" in row.cells[at].dataset : row.cells[at].textContent.trim() !== "");
      const order = [...body.rows].sort((one, other) => {
        if (known(one) !== known(other)) return known(one) ? -1 : 1;
        if (!known(one)) return 0;
        const difference = number
          ? Number(one.cells[at].dataset.value) - Number(other.cells[at].dataset.value)
          : compare(one.cells[at].textContent.trim(), other.cells[at].textContent.trim());
        return up ? difference : -difference;
      });
      body.classList.add("sorted");
      body.append(...order);
    });
  });
  bar.append(label, menu, save, count);
  say();
  table.closest(".wide").before(bar);
}
