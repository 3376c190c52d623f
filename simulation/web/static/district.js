// The district as homes: a square for each, coloured by its state; the year by a slider, and the plan's own three pictures.

import { element, table } from "./parts.js";
import { number, say } from "./words.js";

const PICTURES = [2020, 2025, 2030];
const SIDE = 7; // of a square and the gap beside it
const ACROSS = 24; // squares
const SHARP = 2; // dots to a unit of the picture, which the page may draw larger
const LARGE = 800; // homes from which a department takes the room of two
const MOST = 4000; // squares of a department; beyond them each stands for several homes, and says so

let year = null;
let way = "projected";

export function district(told) {
  if (year === null || !told.years.includes(year)) year = told.years[told.years.length - 1];
  const maps = element("div", { class: "departments" });
  const numbers = element("div", {});
  const label = element("output", { for: "map-year" });
  const slider = element("input", { id: "map-year", type: "range", min: told.years[0], max: told.years[told.years.length - 1], step: 1 });
  const show = () => {
    slider.value = year;
    for (const button of pictures) button.setAttribute("aria-pressed", String(button.textContent === String(year)));
    label.textContent = String(year);
    maps.replaceChildren(...told.departments.map((each) => department(each, told)));
    numbers.replaceChildren(counts(told));
  };
  slider.addEventListener("input", () => {
    year = Number(slider.value);
    show();
  });
  const pictures = PICTURES.filter((each) => told.years.includes(each)).map((each) => {
    const button = element("button", { type: "button" }, say("map.at", { year: each }));
    button.addEventListener("click", () => {
      year = each;
      show();
    });
    return button;
  });
  show();
  return element("section", { "aria-labelledby": "map-heading" },
    element("h3", { id: "map-heading" }, say("map.heading")),
    element("p", { class: "hint" }, say("map.hint")),
    element("div", { class: "line" },
      element("div", {}, element("label", { for: "map-year" }, say("map.year")), slider, label),
      element("div", { role: "group", "aria-label": say("map.pictures") }, element("span", { class: "label" }, say("map.pictures")), ...pictures),
      ways(show)),
    legend(told), maps,
    element("details", {}, element("summary", {}, say("map.table")), numbers));
}

function ways(show) {
  const select = element("select", { id: "map-way" }, ...["projected", "planned"].map((each) => element("option", { value: each, selected: each === way }, say(`map.${each}`))));
  select.addEventListener("change", () => {
    way = select.value;
    show();
  });
  return element("div", {}, element("label", { for: "map-way" }, say("map.way")), select);
}

function legend(told) {
  const used = told.states.filter((state) => told.departments.some((each) => [...each.projected[state], ...each.planned[state]].some(Boolean)));
  const items = used.map((state) => element("li", {}, element("span", { class: `home ${state}`, "aria-hidden": "true" }), say(`map.state.${state}`)));
  return element("ul", { class: "legend" }, ...items);
}

function department(each, told) {
  const at = told.years.indexOf(year);
  const now = told.states.map((state) => [state, each[way][state][at]]).filter(([, count]) => count);
  const parts = now.map(([state, count]) => `${number(count)} ${say(`map.state.${state}`)}`).join(", ");
  const total = Math.max(...told.years.flatMap((_, when) => ["projected", "planned"].map((one) => told.states.reduce((sum, state) => sum + each[one][state][when], 0))));
  const large = total > LARGE;
  const per = Math.ceil(total / MOST);
  const drawn = now.map(([state, count]) => [state, Math.round(count / per)]);
  const note = per > 1 ? element("span", { class: "note" }, say("map.per", { count: number(per) })) : null;
  const words = say("map.picture", { name: each.name, parts: parts || "0" });
  const picture = squares(drawn, Math.ceil(total / per), large ? 2 * ACROSS + 2 : ACROSS, words);
  return element("figure", { class: large ? "large" : null }, element("figcaption", {}, each.name, note), picture);
}

function squares(now, total, across, text) {
  const canvas = element("canvas", { role: "img", "aria-label": text, title: text });
  const ratio = SHARP * (window.devicePixelRatio || 1);
  const rows = Math.max(1, Math.ceil(total / across));
  canvas.width = across * SIDE * ratio;
  canvas.height = rows * SIDE * ratio;
  canvas.style.aspectRatio = `${across} / ${rows}`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const colours = getComputedStyle(document.documentElement);
  let at = 0;
  for (const [state, count] of now) {
    pen.fillStyle = pen.strokeStyle = colours.getPropertyValue(`--home-${state}`).trim();
    for (let home = 0; home < count; home += 1, at += 1) {
      const [x, y] = [(at % across) * SIDE, Math.floor(at / across) * SIDE];
      if (state === "demolished") pen.strokeRect(x + 1, y + 1, SIDE - 3, SIDE - 3);
      else pen.fillRect(x, y, SIDE - 1, SIDE - 1);
    }
  }
  return canvas;
}

function counts(told) {
  const at = told.years.indexOf(year);
  const heads = [say("map.department"), ...told.states.map((state) => say(`map.state.${state}`))];
  const rows = told.departments.map((each) => [
    { text: each.name },
    ...told.states.map((state) => {
      const count = number(each[way][state][at]);
      const ends = way === "projected" && each.spread[state] ? each.spread[state][at] : null;
      return { text: ends && ends[0] !== ends[1] ? say("map.ends", { count, low: number(ends[0]), high: number(ends[1]) }) : count };
    }),
  ]);
  return table({ heads, rows, caption: say("map.caption", { year }) });
}
