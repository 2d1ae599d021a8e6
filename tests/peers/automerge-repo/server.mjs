// A sync server as @automerge/automerge-repo-sync-server makes one (the same repo, adapters and share policy), on the
// repo's current version: the packaged one stands at 1.2, which is far behind. The parent fills and changes it by messages.

import { Repo } from "@automerge/automerge-repo";
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { WebSocketServer } from "ws";

import { clientDocument } from "./document.mjs";

const [folder] = process.argv.slice(2);
const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0 });
const repo = new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(folder),
  peerId: "storage-server",
  sharePolicy: async () => false,
});
const handles = new Map();

const orders = {
  /** Creates `count` clients and answers with their addresses once they are on disk. */
  async fill({ count }) {
    for (let row = 0; row < count; row++) {
      const handle = repo.create(clientDocument(row));
      handles.set(handle.url, handle);
    }
    await repo.flush();
    return { urls: [...handles.keys()] };
  },
  async change({ urls, note }) {
    for (const url of urls) handles.get(url).change((client) => void (client.note = note));
    await repo.flush();
    return {};
  },
  async weigh() {
    return { rss: process.memoryUsage.rss() };
  },
};

process.on("message", async ({ order, ...rest }) => process.send(await orders[order](rest)));
process.on("disconnect", () => process.exit());
sockets.on("listening", () => process.send({ port: sockets.address().port }));
