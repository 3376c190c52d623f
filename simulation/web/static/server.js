// Questions to the server that this page came from, and to no other.

const KEPT = ["keep"]; // sent whole even where the page is left meanwhile

export class Refused extends Error {
  constructor(errors) {
    super("refused");
    this.errors = errors;
  }
}

export async function get(name) {
  return answered(await fetch(`/api/${name}`));
}

export async function post(name, body) {
  return answered(await fetch(`/api/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), keepalive: KEPT.includes(name) }));
}

async function answered(response) {
  const told = (response.headers.get("content-type") || "").includes("json") ? await response.json() : {};
  if (response.status === 422) throw new Refused(told.errors);
  if (response.status === 401) throw new Error("gone");
  if (!response.ok) throw new Error(`${response.status}`);
  return told;
}
