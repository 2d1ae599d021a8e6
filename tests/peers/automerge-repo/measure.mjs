// First sync and reconnect of automerge-repo against its sync server, over loopback.
//
//   node measure.mjs [documents] [runs]
//
// Prints one JSON object per line: {"bench","case","value","unit","peer","n"}. The reconnect is as kind to the peer as it
// can be: its documents are already loaded and open, and the clock stops when the last changed document has arrived.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Repo } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";

import { meter } from "./meter.mjs";

const CHANGED = 10;
/** Runs that may fail. */
const TRIES = 3;
const [documents, runs] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 3)];

const folder = await mkdtemp(join(tmpdir(), "caravan-peer-"));
const server = fork(new URL("server.mjs", import.meta.url), [join(folder, "server")]);
const [{ port }] = await once(server, "message");
const { urls } = await order("fill", { count: documents });

const firsts = [];
const reconnects = [];
for (let run = 0; firsts.length < runs; run++) {
  const client = join(folder, `client-${run}`);
  try {
    const first = await firstSync(client);
    reconnects.push(await reconnect(client, `changed in run ${run}`));
    firsts.push(first);
  } catch (error) {
    // On a busy machine the repo now and then calls a document unavailable that the server has: not worth a figure.
    if (run >= runs + TRIES) throw error;
    console.error(`run ${run} of automerge-repo is repeated: ${error.message}`);
  }
}
report("first-sync", firsts);
report("reconnect", reconnects);
print("server-memory", (await order("weigh")).rss, "bytes", 1);
server.disconnect();
await rm(folder, { recursive: true, force: true });
process.exit();

/** A new client fetches every document. */
async function firstSync(storage) {
  const repo = new Repo({ storage: new NodeFSStorageAdapter(storage) });
  try {
    const start = performance.now();
    const traffic = await connect(repo);
    const handles = await Promise.all(urls.map((url) => repo.find(url)));
    const time = performance.now() - start;
    if (handles.some((handle) => handle.doc().profile === undefined)) throw new Error("a document came empty");
    await repo.flush();
    return { time, ...traffic() };
  } finally {
    // It fails when a document is missing, which has been said by then.
    await repo.shutdown().catch(() => {});
  }
}

/** A client that holds every document, open, learns of ten changes. */
async function reconnect(storage, note) {
  await order("change", { urls: spread(urls, CHANGED), note });
  const repo = new Repo({ storage: new NodeFSStorageAdapter(storage) });
  const handles = await Promise.all(urls.map((url) => repo.find(url)));
  const expected = new Set(spread(urls, CHANGED));
  const arrived = new Promise((resolve) => {
    for (const handle of handles) {
      handle.on("change", ({ doc }) => {
        if (doc.note === note) expected.delete(handle.url);
        if (expected.size === 0) resolve();
      });
    }
  });
  const start = performance.now();
  const traffic = await connect(repo);
  await arrived;
  const result = { time: performance.now() - start, ...traffic() };
  await repo.shutdown();
  return result;
}

/** Returns what has gone through the sockets since. */
async function connect(repo) {
  const traffic = meter();
  const adapter = new WebSocketClientAdapter(`ws://127.0.0.1:${port}`);
  // The adapter calls itself ready after a second, peer or no peer, and a repo without peers calls documents unavailable.
  const met = new Promise((resolve) => repo.networkSubsystem.once("peer", resolve));
  repo.networkSubsystem.addNetworkAdapter(adapter);
  await met;
  return traffic;
}

async function order(name, rest = {}) {
  server.send({ order: name, ...rest });
  return (await once(server, "message"))[0];
}

function spread(list, count) {
  return Array.from({ length: count }, (_, place) => list[Math.floor((place * list.length) / count)]);
}

function report(bench, results) {
  for (const [key, unit] of [
    ["time", "ms"],
    ["up", "bytes"],
    ["down", "bytes"],
  ]) {
    print(`${bench}-${key}`, median(results.map((result) => result[key])), unit, results.length);
  }
}

function print(bench, value, unit, n) {
  const line = { bench, case: `${documents} documents`, value: round(value), unit, peer: "automerge-repo 2.5.6", n };
  console.log(JSON.stringify(line));
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(value) {
  return Number(value.toPrecision(4));
}
