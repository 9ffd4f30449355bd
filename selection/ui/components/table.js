// A table with actions: semantic markup, every text set as text, operable by keyboard, focus kept over updates.
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  lock: "M6 10V8a6 6 0 1 1 12 0v2h1v11H5V10h1zm2 0h8V8a4 4 0 0 0-8 0v2z",
  unlock: "M8 10h11v11H5V10h1V7a6 6 0 0 1 11.7-1.8l-1.9.6A4 4 0 0 0 8 7v3zm-1 2v7h10v-7H7z",
  more: "M4 10h4v4H4zm6 0h4v4h-4zm6 0h4v4h-4z",
};

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function badge(data) {
  return make("span", { class: `badge ${data.tone || ""}`, text: data.text });
}

function button(action, subject, state) {
  const label = action.pressed ? action.label_on || action.label : action.label;
  const node = make("button", {
    type: "button",
    class: `act ${action.look || ""}`,
    "data-focus": `${action.id}|${subject.id}`,
    "aria-pressed": action.pressed === undefined ? null : String(action.pressed),
    "aria-label": subject.name ? `${label}: ${subject.name}` : null,
    title: action.icon ? label : null,
  });
  if (action.icon) node.append(icon(action.pressed && action.icon_on ? action.icon_on : action.icon));
  node.append(make("span", { class: action.icon ? "label" : "", text: label }));
  node.addEventListener("click", () => state.send(action.id, subject.id));
  return node;
}

function menuButton(subject, state) {
  const node = make("button", {
    type: "button",
    class: "act more",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": `${state.data.texts.more}: ${subject.name}`,
    title: state.data.texts.more,
    "data-focus": `menu|${subject.id}`,
  });
  node.append(icon("more"));
  node.addEventListener("click", () => state.open(node, subject));
  node.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      state.open(node, subject);
    }
  });
  return node;
}

function content(cell, state) {
  if (cell === null || cell === undefined) return [make("span", { class: "none", text: "–" })];
  if (typeof cell !== "object") return [document.createTextNode(String(cell))];
  const parts = [];
  const main = make("div", { class: "main" });
  if (cell.text) main.append(make(cell.strong ? "strong" : "span", { class: cell.quiet ? "quiet" : "", text: cell.text }));
  for (const one of cell.badges || []) main.append(badge(one));
  parts.push(main);
  for (const line of [].concat(cell.sub || [])) parts.push(make("div", { class: "sub", text: line }));
  if (cell.buttons || cell.menu) {
    const row = make("div", { class: "acts" });
    const subject = { id: cell.id, name: cell.name || cell.text, menu: cell.menu };
    for (const action of cell.buttons || []) row.append(button(action, subject, state));
    if (cell.menu && cell.menu.length) row.append(menuButton(subject, state));
    const body = make("div", { class: "body" }, ...parts);
    return [make("div", { class: "with-acts" }, body, row)];
  }
  return parts;
}

function rowNode(row, state) {
  const tr = make("tr", { role: "row", class: row.tone || "" });
  row.cells.forEach((cell, index) => {
    const column = state.data.columns[index];
    const head = column.head === true;
    const td = make(head ? "th" : "td", {
      role: head ? "rowheader" : "cell",
      scope: head ? "row" : null,
      "data-label": column.label,
      class: `${column.kind || ""} ${column.small === "hide" ? "wide-only" : ""} ${cell === null ? "empty" : ""}`,
    });
    td.append(...content(cell, state));
    tr.append(td);
  });
  return tr;
}

function build(root, state) {
  const { data } = state;
  const table = make("table", { role: "table", class: data.dense ? "dense" : "" });
  table.append(make("caption", { class: data.caption_hidden ? "hidden" : "", text: data.caption }));
  const head = make("tr", { role: "row" });
  for (const column of data.columns) {
    head.append(
      make("th", {
        role: "columnheader",
        scope: "col",
        class: `${column.kind || ""} ${column.small === "hide" ? "wide-only" : ""}`,
        style: column.width ? `width:${column.width}` : null,
        text: column.label,
      }),
    );
  }
  table.append(make("thead", { role: "rowgroup" }, head));
  const body = make("tbody", { role: "rowgroup" });
  for (const row of data.rows) body.append(rowNode(row, state));
  if (!data.rows.length) {
    const cell = make("td", { role: "cell", class: "nothing", colspan: data.columns.length, text: data.empty || "–" });
    body.append(make("tr", { role: "row" }, cell));
  }
  table.append(body);
  root.querySelector(".frame").replaceChildren(table);
}

// Rows that did not change keep their nodes: an update of one row of 300 touches that row alone.
function update(root, state, before) {
  const body = root.querySelector("tbody");
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const shape = (data) => [data.columns, data.caption, data.caption_hidden, data.texts, data.dense];
  if (!body || !before || !same(shape(before), shape(state.data)) || !before.rows.length || !state.data.rows.length) {
    build(root, state);
    return;
  }
  const rows = state.data.rows;
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((row, index) => {
    if (index < before.rows.length && same(row, before.rows[index])) return;
    const fresh = rowNode(row, state);
    if (index < body.rows.length) body.rows[index].replaceWith(fresh);
    else body.append(fresh);
  });
}

function openMenu(root, state, opener, subject) {
  const menu = root.querySelector(".menu");
  menu.replaceChildren();
  menu.setAttribute("aria-label", `${state.data.texts.more}: ${subject.name}`);
  for (const action of subject.menu) {
    const item = make("button", {
      type: "button",
      role: "menuitem",
      tabindex: "-1",
      class: action.look || "",
      text: action.label,
    });
    item.addEventListener("click", () => {
      menu.hidePopover();
      state.send(action.id, subject.id);
    });
    menu.append(item);
  }
  const items = [...menu.children];
  menu.onkeydown = (event) => {
    const at = items.indexOf(root.activeElement);
    const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (go !== undefined) {
      event.preventDefault();
      items[(go + items.length) % items.length].focus();
    } else if (event.key === "Tab") {
      menu.hidePopover();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      menu.hidePopover();
      opener.focus();
    }
  };
  menu.ontoggle = (event) => {
    const open = event.newState === "open";
    opener.setAttribute("aria-expanded", String(open));
  };
  menu.showPopover();
  items[0].focus();
  const box = opener.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = box.bottom + size.height + 8 < window.innerHeight;
  menu.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - size.height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(box.right - size.width, window.innerWidth - size.width - 8))}px`;
}

const states = new WeakMap();

export default function (component) {
  const root = component.parentElement;
  const before = states.get(root);
  const state = before || {};
  const old = state.data;
  state.data = component.data;
  state.send = (action, subject) => component.setTriggerValue("action", { action, subject });
  state.open = (opener, subject) => openMenu(root, state, opener, subject);
  states.set(root, state);
  const focused = root.activeElement && root.activeElement.dataset ? root.activeElement.dataset.focus : null;
  if (focused) state.focus = focused;
  update(root, state, old);
  // The focused button may have been rebuilt, as its row changed: the keyboard stays where it was.
  if (focused && (!root.activeElement || root.activeElement.dataset.focus !== focused)) {
    const again = root.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
    if (again) again.focus({ preventScroll: true });
  }
}
