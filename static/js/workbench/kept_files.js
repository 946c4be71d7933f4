// Remembers where on this device a file lies that is being uploaded, so that after a reload, or
// days later, one click goes on with it. Browsers that have no such handles simply remember
// nothing: the same file can then be chosen again.

const DATABASE = "auditorium-uploads";
const STORE = "files";

function request(run) {
  return new Promise((resolve, reject) => {
    const asked = run();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function store(mode) {
  const opening = window.indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await request(() => opening);
  return database.transaction(STORE, mode).objectStore(STORE);
}

/** Keeps the handle of the file that goes to that address. */
export async function keep(path, handle) {
  try {
    const files = await store("readwrite");
    await request(() => files.put(handle, path));
  } catch {
    // No room, or a private window: nothing is lost but a convenience.
  }
}

export async function drop(path) {
  try {
    const files = await store("readwrite");
    await request(() => files.delete(path));
  } catch {
    // As above.
  }
}

/** The handle kept for that address, if there is one. */
export async function find(path) {
  try {
    const files = await store("readonly");
    return await request(() => files.get(path));
  } catch {
    return undefined;
  }
}

/** The file itself. Asks the person, if the browser wants that; null where they, or the disk, say no. */
export async function open(handle) {
  try {
    if ((await handle.queryPermission?.({ mode: "read" })) === "prompt") {
      const answer = await handle.requestPermission({ mode: "read" });
      if (answer !== "granted") return null;
    }
    return await handle.getFile();
  } catch {
    return null;
  }
}
