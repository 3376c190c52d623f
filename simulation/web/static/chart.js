// One criterion over the lists: band and middle of the scenario, those of the base behind them, the limit, what was published.

import { drawn, element, table } from "./parts.js";
import { number, say } from "./words.js";

const WIDTH = 420;
const HEIGHT = 240;
const PLOT = { left: 52, right: 84, top: 14, bottom: 28 };
const NAME = { sign: 7.2, above: -5, below: 14, height: 14 }; // of the words at a limit
const STOPS = [0, 0.25, 0.5, 0.75, 1];
const NEAR = 6;
const LEAST = { convicted: 1.5, residents: 2000 };
const LEAST_PERCENT = 12;
const PAST = 4;
const STEPS = [1, 2, 2.5, 5, 10];

export function chart(curve) {
  const points = curve.points.filter((point) => point.list_year >= curve.years[0] - PAST);
  const scale = scaleOf(curve, points);
  const parts = [...grid(curve, scale)];
  const bands = [[curve.base, "base"], [curve, "own"]].filter(([values]) => values);
  parts.push(...bands.map(([values, name]) => band(curve.years, values, scale, name)), ...bands.map(([values, name]) => middle(curve.years, values, scale, name)));
  parts.push(...limit(curve, scale, points), ...published(points, scale), ...ends(curve, scale));
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": curve.alt }, ...parts);
  const caption = element("figcaption", {}, element("strong", {}, curve.title), element("span", { class: "note" }, curve.measure));
  return element("figure", {}, caption, picture, numbers(curve));
}

export function legend(title, base) {
  const keys = [["own", say("result.this")], ...(base ? [["base", say("result.base_line", { title: base })]] : [])];
  keys.push(["limit", say("result.limit")], ["published", say("result.published")], ["other", say("result.published_other")]);
  const items = keys.map(([name, text]) => element("li", {}, element("span", { class: `key ${name}`, "aria-hidden": "true" }), text));
  return element("div", {}, element("ul", { class: "legend" }, ...items), element("p", { class: "hint" }, say("result.band")));
}

function scaleOf(curve, points) {
  const bands = [curve, curve.base].filter(Boolean).flatMap((each) => [...each.p10, ...each.p90]);
  const values = [...bands, ...curve.limit, ...points.map((point) => point.value)].filter((value) => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const least = curve.indicator in LEAST ? LEAST[curve.indicator] : LEAST_PERCENT;
  const spare = Math.max(0.05 * (high - low), (least - (high - low)) / 2);
  const [bottom, top] = [Math.max(0, low - spare), high + spare];
  const first = Math.min(curve.years[0], ...points.map((point) => point.list_year));
  const last = curve.years[curve.years.length - 1];
  return {
    bottom, top, first, last,
    x: (year) => PLOT.left + ((year - first) / Math.max(1, last - first)) * (WIDTH - PLOT.left - PLOT.right),
    y: (value) => HEIGHT - PLOT.bottom - ((value - bottom) / (top - bottom)) * (HEIGHT - PLOT.top - PLOT.bottom),
  };
}

function ticks(bottom, top) {
  const rough = (top - bottom) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let tick = Math.ceil(bottom / step) * step; tick <= top + 1e-9; tick += step) found.push(tick);
  return { found, decimals: step >= 1 ? 0 : step >= 0.1 ? 1 : 2 };
}

function grid(curve, scale) {
  const { found, decimals } = ticks(scale.bottom, scale.top);
  const right = WIDTH - PLOT.right;
  const lines = found.flatMap((tick) => [
    drawn("line", { x1: PLOT.left, x2: right, y1: scale.y(tick), y2: scale.y(tick), class: "rule" }),
    drawn("text", { x: PLOT.left - 6, y: scale.y(tick) + 4, "text-anchor": "end" }, number(tick, decimals)),
  ]);
  const every = Math.max(1, Math.round((scale.last - scale.first) / 6));
  for (let year = scale.last; year >= scale.first; year -= every) {
    lines.push(drawn("text", { x: scale.x(year), y: HEIGHT - 8, "text-anchor": "middle" }, String(year)));
  }
  return lines;
}

function path(years, values, scale) {
  return years.map((year, at) => `${at ? "L" : "M"}${scale.x(year).toFixed(1)} ${scale.y(values[at]).toFixed(1)}`).join("");
}

function band(years, values, scale, name) {
  const back = [...years].reverse();
  const around = path(years, values.p90, scale) + path(back, [...values.p10].reverse(), scale).replace("M", "L") + "Z";
  return drawn("path", { d: around, class: `band ${name}` });
}

function middle(years, values, scale, name) {
  return drawn("path", { d: path(years, values.p50, scale), class: `middle ${name}` });
}

function limit(curve, scale, points) {
  const known = curve.years.map((year, at) => [year, curve.limit[at]]).filter(([, value]) => value !== null);
  if (!known.length) return [];
  const [years, values] = [known.map(([year]) => year), known.map(([, value]) => value)];
  const told = [...new Set([values[0], values[values.length - 1]].map((value) => number(value, Number.isInteger(value) ? 0 : curve.decimals)))];
  const name = say("result.limit_at", { value: told.join(" → ") });
  const place = roomFor(name, years, values, [curve, curve.base].filter(Boolean), points, scale);
  return [drawn("path", { d: path(years, values, scale), class: "limit" }), drawn("text", { ...place, class: "limit-name" }, name)];
}

// Places along a line, close enough that none of it runs through a word unseen.
function between(years, values, scale) {
  return years.slice(1).flatMap((year, at) => {
    const [one, other] = [[scale.x(years[at]), values[at]], [scale.x(year), values[at + 1]]];
    if (one[1] === null || other[1] === null) return [];
    return STOPS.map((part) => [one[0] + part * (other[0] - one[0]), scale.y(one[1] + part * (other[1] - one[1]))]);
  });
}

// Where along the limit, above or below it, its name stands farthest from the bands and the points.
function roomFor(name, years, values, sides, points, scale) {
  const width = NAME.sign * name.length;
  const lines = [[years, values], ...sides.flatMap((side) => ["p10", "p50", "p90"].map((name) => [side.years || sides[0].years, side[name]]))];
  const spots = [...lines.flatMap(([at, heights]) => between(at, heights, scale)), ...points.map((point) => [scale.x(point.list_year), scale.y(point.value)])];
  const others = (from, to) => spots.filter(([x]) => x >= from - NEAR && x <= to + NEAR).map(([, y]) => y);
  const places = years.filter((year) => scale.x(year) + width <= WIDTH - PLOT.right + 2).flatMap((year) => [NAME.above, NAME.below].map((shift) => {
    const [x, y] = [scale.x(year), scale.y(values[years.indexOf(year)]) + shift];
    const middle = y - NAME.height / 3;
    const free = Math.min(30, y - NAME.height, HEIGHT - PLOT.bottom - y, ...others(x, x + width).map((each) => Math.abs(each - middle)));
    return { x, y, free };
  }));
  const best = places.reduce((one, other) => (other.free > one.free + 0.5 ? other : one), places[0] || { x: scale.x(years[0]), y: scale.y(values[0]) + NAME.above });
  return { x: best.x, y: best.y };
}

function published(points, scale) {
  return points.map((point) => drawn("circle", { cx: scale.x(point.list_year), cy: scale.y(point.value), r: 3.2, class: point.comparable ? "published" : "published other" }));
}

function ends(curve, scale) {
  const last = curve.years.length - 1;
  const x = WIDTH - PLOT.right + 5;
  const y = scale.y(curve.p50[last]);
  const between = `${number(curve.p10[last], curve.decimals)}–${number(curve.p90[last], curve.decimals)}`;
  return [
    drawn("text", { x, y, class: "end" }, number(curve.p50[last], curve.decimals)),
    drawn("text", { x, y: y + 15, class: "ends" }, between),
  ];
}

function numbers(curve) {
  const heads = [say("result.year"), say("result.low"), say("result.middle"), say("result.high"), say("result.limit")];
  if (curve.base) heads.push(say("result.base"));
  const rows = curve.years.map((year, at) => {
    const values = [curve.p10[at], curve.p50[at], curve.p90[at], curve.limit[at], ...(curve.base ? [curve.base.p50[at]] : [])];
    return [{ text: String(year) }, ...values.map((value) => ({ text: number(value, curve.decimals) }))];
  });
  return element("details", {}, element("summary", {}, say("result.numbers")), table({ heads, rows, caption: curve.title }));
}
