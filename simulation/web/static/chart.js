// One criterion over the lists: band and middle of the scenario, those of the base behind them, the limit, what was published.

import { drawn, element, table } from "./parts.js";
import { number, say } from "./words.js";

const WIDTH = 420;
const HEIGHT = 210;
const PLOT = { left: 44, right: 58, top: 10, bottom: 24 };
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
  parts.push(limit(curve, scale), ...published(points, scale), ...ends(curve, scale));
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
    lines.push(drawn("text", { x: scale.x(year), y: HEIGHT - 7, "text-anchor": "middle" }, String(year)));
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

function limit(curve, scale) {
  const known = curve.years.map((year, at) => [year, curve.limit[at]]).filter(([, value]) => value !== null);
  return drawn("path", { d: path(known.map(([year]) => year), known.map(([, value]) => value), scale), class: "limit" });
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
    drawn("text", { x, y: y - 1, class: "end" }, number(curve.p50[last], curve.decimals)),
    drawn("text", { x, y: y + 11, class: "ends" }, between),
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
