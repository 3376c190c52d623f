// The form: the levers of the chosen scenario, what is changed of them, and the message of a wrong value at its field.

import { element } from "./parts.js";
import { say } from "./words.js";

const fields = new Map(); // by path: {lever, input, message, was}

export function showGroups(holder, groups, changes, changed) {
  fields.clear();
  holder.replaceChildren(...groups.map((group, at) => groupOf(group, changes, changed, at === 0)));
}

export function changes() {
  const found = {};
  for (const [path, field] of fields) {
    if (current(field) !== field.was) found[path] = current(field);
  }
  return found;
}

export function reset() {
  for (const field of fields.values()) {
    if (field.input.type === "checkbox") field.input.checked = field.was;
    else field.input.value = field.was;
  }
}

export function tell(errors) {
  for (const field of fields.values()) say_at(field, "");
  const others = [];
  for (const error of errors) {
    const path = placeOf(error);
    const text = [error.message, error.allowed, error.nearest].filter(Boolean).join("; ");
    if (path) say_at(fields.get(path), text);
    else others.push({ key: error.key, text });
  }
  const first = [...fields.values()].find((field) => field.message.textContent);
  if (first) {
    first.input.closest("details").open = true;
    first.input.focus();
  }
  return others;
}

// The field of an error: its own, else that changed one below what it is about, of the item that it names.
function placeOf(error) {
  const key = error.key || "";
  const below = [...fields].filter(([known, field]) => key && known.startsWith(`${key}.`) && current(field) !== field.was).map(([known]) => known);
  const named = below.find((known) => error.message.includes(known.split(".")[1]));
  return [...fields.keys()].find((known) => key === known || key.startsWith(`${known}.`)) || named || below[0];
}

function say_at(field, text) {
  field.message.textContent = text;
  field.input.toggleAttribute("aria-invalid", Boolean(text));
  if (text) field.input.setAttribute("aria-invalid", "true");
}

function current(field) {
  return field.input.type === "checkbox" ? field.input.checked : field.input.value.trim();
}

function written(lever) {
  if (lever.kind === "switch") return lever.value;
  const value = Number((lever.kind === "percent" ? lever.value * 100 : lever.value).toFixed(2));
  return String(value).replace(".", document.documentElement.lang === "da" ? "," : ".");
}

function groupOf(group, changes, changed, open) {
  const rows = group.rows.map((row) => rowOf(row, group, changes, changed));
  const parts = [element("summary", {}, group.title)];
  if (group.columns.length && group.rows.length > 1 && group.rows[0].levers.some((lever) => lever.path.endsWith(".delay_years"))) parts.push(delays(group, changed));
  if (group.columns.length) {
    const heads = [say("change.item"), ...group.columns].map((text) => element("th", { scope: "col" }, text));
    parts.push(element("div", { class: "wide" }, element("table", { class: "levers" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows))));
  } else parts.push(...rows);
  return element("details", { id: `group-${group.key}`, open }, ...parts);
}

function delays(group, changed) {
  const id = `delays-${group.key}`;
  const input = element("input", { id, type: "text", inputmode: "numeric", size: 4 });
  input.addEventListener("change", () => {
    for (const row of group.rows) {
      const lever = row.levers.find((each) => each.path.endsWith(".delay_years"));
      fields.get(lever.path).input.value = input.value.trim() || fields.get(lever.path).was;
    }
    changed();
  });
  return element("p", {}, element("label", { for: id }, say("change.all_delays")), " ", input);
}

function rowOf(row, group, changes, changed) {
  if (!group.columns.length) return element("p", { class: "single" }, ...fieldOf(row.levers[0], null, changes, changed));
  const cells = row.levers.map((lever) => element("td", {}, ...fieldOf(lever, row.name, changes, changed)));
  return element("tr", {}, element("th", { scope: "row" }, row.name), ...cells);
}

function fieldOf(lever, item, changes, changed) {
  const id = `lever-${lever.path}`;
  const was = written(lever);
  const now = lever.path in changes ? changes[lever.path] : was;
  const message = element("span", { id: `${id}-error`, class: "error" });
  const quoted = [lever.source, lever.unit].filter(Boolean).join(" · "); // in the language of the data
  const hint = [lever.told, quoted].filter(Boolean).join(" · ");
  const described = hint ? `${id}-hint ${id}-error` : `${id}-error`;
  const name = item ? `${item}: ${lever.label}` : null;
  const input = element("input", { id, "aria-label": name, "aria-describedby": described, title: hint || null });
  if (lever.kind === "switch") {
    input.type = "checkbox";
    input.checked = now;
  } else {
    Object.assign(input, { type: "text", inputMode: lever.kind === "whole" ? "numeric" : "decimal", size: 6, value: now });
  }
  input.addEventListener("input", changed);
  fields.set(lever.path, { lever, input, message, was });
  const source = quoted ? element("span", { lang: "en" }, ` · ${quoted}`) : null;
  const aside = hint ? element("span", { id: `${id}-hint`, class: item ? "unseen" : "hint" }, lever.told, source) : null;
  const unit = lever.kind === "percent" ? ` ${say("change.percent")} ` : " ";
  if (item) return [input, aside, message];
  return [element("label", { for: id }, lever.label), " ", input, unit, aside, message];
}
