// The page: what is chosen and changed, the run and how far it is, and its results as they come.

import { changes, reset, showGroups, tell } from "./form.js";
import { element } from "./parts.js";
import { showResults } from "./results.js";
import { get, post, Refused } from "./server.js";
import { say } from "./words.js";

const LOOK_MILLISECONDS = 300;
const LARGEST_FILE = 400 * 1024;
const at = (id) => document.getElementById(id);
const holders = { answer: at("answer"), parts: at("parts"), district: at("district"), areas: at("areas") };
const taken = ["report", "download", "workbook"];
let version = 0; // of the results shown
let stale = false; // whether they are of another form
let watched = null;
let ordering = false; // until the server has taken one order, no other is given
let set = false; // whether anything is set that the server has not heard of

function shown(state) {
  const options = Object.entries(state.scenarios).map(([name, title]) => element("option", { value: name, selected: !state.own && name === state.name }, title));
  if (state.own) options.push(element("option", { value: "", selected: true }, `${state.heading} (${say("choose.own")})`));
  at("scenario").replaceChildren(...options);
  at("description").textContent = state.description;
  const bases = [["", say("run.unchanged")], ...Object.entries(state.scenarios)];
  at("base").replaceChildren(...bases.map(([name, title]) => element("option", { value: name }, title)));
  at("title").value = state.title;
  for (const [id, value] of Object.entries(state.asked)) at(id).value = value;
  stale = state.stale;
  showGroups(at("groups"), state.groups, state.changes, changed);
  clear();
  count();
}

function count() {
  const number = Object.keys(changes()).length;
  at("count").textContent = number ? say("change.count", { count: number }) : say("change.none");
}

function changed() {
  count();
  stale = true;
  flag();
}

function flag() {
  at("stale").hidden = !(stale && version);
}

function clear() {
  tell([]);
  for (const id of ["file-error", "base-error", "seed-error"]) at(id).textContent = "";
  at("errors").replaceChildren();
}

function refuse(error) {
  if (!(error instanceof Refused)) {
    at("status").textContent = say(error.message === "gone" ? "run.gone" : "run.lost");
    return;
  }
  at("status").textContent = say("run.errors");
  const others = tell(error.errors);
  for (const other of others.filter(({ key }) => key === "base" || key === "seed")) at(`${other.key}-error`).textContent = other.text;
  const rest = others.filter(({ key }) => key !== "base" && key !== "seed");
  if (rest.length) at("errors").replaceChildren(element("p", {}, say("run.other_errors")), element("ul", {}, ...rest.map(({ key, text }) => element("li", {}, key ? `${key}: ${text}` : text))));
}

const asked = () => ({ futures: at("futures").value, base: at("base").value, seed: at("seed").value.trim() });
const form = () => ({ changes: changes(), title: at("title").value, ...asked() });

async function run(event) {
  event.preventDefault();
  if (ordering) return;
  clear();
  try {
    const told = await order("run", form());
    set = false;
    version = 0;
    stale = false;
    flag();
    watch(told);
  } catch (error) {
    refuse(error);
  }
}

async function order(name, body) {
  ordering = true;
  try {
    return await post(name, body);
  } finally {
    ordering = false;
  }
}

async function watch(told) {
  clearTimeout(watched);
  const active = ["waiting", "running", "writing"].includes(told.state);
  at("stop").disabled = !active;
  at("progress").hidden = !active;
  at("progress").value = told.total ? told.done / told.total : 0;
  if (told.state !== "none") at("status").textContent = say(told.state === "done" && !told.base ? "run.done_alone" : `run.${told.state}`, told);
  for (const id of taken) at(id).parentElement.hidden = !told.report;
  if (active && !version) holders.answer.replaceChildren(element("p", { class: "hint" }, say("result.coming")));
  if (told.errors && told.errors.length) refuse(new Refused(told.errors));
  if (told.version > version) {
    version = told.version;
    showResults(holders, await get("view"));
    at("see").hidden = false;
    flag();
  }
  if (active) watched = setTimeout(() => look(false), LOOK_MILLISECONDS);
}

async function look(stop) {
  try {
    await watch(await (stop ? order("stop", {}) : get("progress")));
  } catch (error) {
    refuse(error);
  }
}

// While a scenario is being fetched nothing can be typed that its coming would wipe out.
function busy(is) {
  for (const each of at("form").querySelectorAll("#groups input, #title, #run, #reset")) each.disabled = is;
}

async function choose(body) {
  const before = set;
  clear();
  busy(true);
  set = false;
  try {
    shown(await post("choose", { ...body, ...asked() }));
    flag();
  } catch (error) {
    set = before;
    refuse(error);
    if (error instanceof Refused && body.text !== undefined) {
      at("errors").replaceChildren();
      at("status").textContent = "";
      at("file-error").textContent = error.errors.map((each) => each.told).join("\n");
    }
  } finally {
    busy(false);
  }
}

async function opened() {
  const file = at("file").files[0];
  if (!file) return;
  if (file.size > LARGEST_FILE) at("file-error").textContent = say("choose.too_large", { limit: LARGEST_FILE / 1024 });
  else await choose({ name: file.name, text: await file.text() });
  at("file").value = "";
}

// What is set stays where the page is left, loaded again, or taken in the other language, before it is run.
function keep() {
  if (set) post("keep", form()).catch(refuse);
}

async function save(event) {
  event.preventDefault();
  clear();
  try {
    await post("check", form());
    window.location.assign("/scenario.yaml");
  } catch (error) {
    refuse(error);
  }
}

at("form").addEventListener("submit", run);
at("form").addEventListener("input", () => (set = true));
window.addEventListener("pagehide", keep);
at("scenario").addEventListener("change", () => at("scenario").value && choose({ name: at("scenario").value }));
at("file").addEventListener("change", opened);
at("title").addEventListener("input", changed);
at("save").addEventListener("click", save);
at("stop").addEventListener("click", () => ordering || look(true));
at("reset").addEventListener("click", () => {
  reset();
  clear();
  changed();
  set = true;
});

try {
  const state = await get("state");
  shown(state);
  watch(state.run);
} catch (error) {
  refuse(error);
}
