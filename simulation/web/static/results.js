// What a run found: the answer beside that of the base, what differs, the criteria, the district.

import { chart, legend } from "./chart.js";
import { district } from "./district.js";
import { element, table } from "./parts.js";
import { say } from "./words.js";

export function showResults(holders, view) {
  holders.answer.replaceChildren(...answer(view));
  holders.parts.replaceChildren(...parts(view));
  holders.parts.hidden = false;
  holders.district.replaceChildren(district(view.district));
  holders.areas.replaceChildren(legend(view.title, view.base_title), ...view.areas.map((area) => areaOf(area)));
}

function answer(view) {
  const facts = say("result.for", { title: view.title, ...view.facts });
  const parts = [element("p", { class: "kicker" }, facts), element("p", { class: "verdict" }, view.answer.verdict)];
  if (view.few) parts.push(element("p", { class: "warn" }, view.few));
  parts.push(cards(view));
  parts.push(element("p", { class: "hint" }, view.base_title ? say("result.beside", { base: view.base_title }) : say("result.alone")));
  if (view.beside) parts.push(...beside(view.beside));
  parts.push(element("ul", { class: "plain" }, ...view.answer.lines.map((line) => element("li", {}, line))));
  return parts;
}

function cards(view) {
  const items = view.answer.cards.map((card, at) => {
    const before = view.base_answer && view.base_answer.cards[at];
    const base = before ? element("span", { class: "note" }, `${say("result.base")}: ${[before.value, before.interval].filter(Boolean).join(" ")}`) : null;
    const interval = card.interval ? element("small", {}, ` ${card.interval}`) : null;
    return element("li", {}, card.label, element("span", { class: "value" }, card.value, interval), element("span", { class: "note" }, card.note), base);
  });
  return element("ul", { class: "cards" }, ...items);
}

// What the scenario changes, by the words of `blandetby compare`.
function beside(told) {
  const numbers = element("details", {}, element("summary", {}, say("result.beside_numbers")), ...told.tables.map((each) => table(each)));
  return [element("p", { class: "beside" }, told.sentence), numbers];
}

function parts(view) {
  const places = [...view.areas.map((area) => [`area-${area.slug}`, area.name]), ["map-heading", say("map.heading")]];
  return places.map(([id, name]) => element("a", { href: `#${id}` }, name));
}

function areaOf(area) {
  const figures = element("div", { class: "figures" }, ...area.curves.map((curve) => chart(curve)));
  const note = area.note ? element("p", {}, area.note) : null;
  const heading = element("h3", { id: `area-${area.slug}` }, area.name);
  return element("section", { "aria-labelledby": `area-${area.slug}` }, heading, note, figures, area.table ? table(area.table) : null);
}
