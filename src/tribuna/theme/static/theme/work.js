// Lets the browser work for the form while its reader writes; loaded when somebody begins to. Whatever goes wrong, the form
// is sent without a proof, and its reader is asked instead.
const SLOW_MILLISECONDS = 1500;
const PATIENCE_MILLISECONDS = 20000;

const works = new WeakMap(); // by hidden field
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Solve the form's puzzle in a worker; say when that has come to an end, one way or the other. */
const solved = (field) =>
  new Promise((resolve) => {
    const token = field.form.elements[field.dataset.token].value;
    const address = new URL(field.dataset.puzzle, location);
    address.searchParams.set("token", token);
    const worker = new Worker(field.dataset.worker);
    const end = (proof) => {
      worker.terminate();
      field.value = proof;
      works.set(field, null); // not again for this form
      resolve();
    };
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end("");
    worker.postMessage(address.href);
  });

/** Begin, unless that was done before, or a proof is there already. */
export const begin = (field) => {
  if (!works.has(field) && !field.value) works.set(field, solved(field));
};

/** Wait for the work of a form that is about to be sent; say so, also aloud, when it takes long. */
const finish = async (field) => {
  const note = field.form.querySelector("[data-work-note]");
  const work = works.get(field);
  await Promise.race([work, after(SLOW_MILLISECONDS)]);
  if (works.get(field)) note.textContent = note.dataset.workNote;
  await Promise.race([work, after(PATIENCE_MILLISECONDS)]);
  note.textContent = "";
  works.set(field, null);
};

// Before anybody else hears of it: the form is sent once more, by the same button, when the work is done.
document.addEventListener(
  "submit",
  (event) => {
    const field = event.target.querySelector("[data-work]");
    if (!works.get(field) || event.submitter?.formNoValidate) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if ("waits" in field.dataset) return;
    field.dataset.waits = "";
    finish(field).then(() => {
      delete field.dataset.waits;
      if (field.isConnected) field.form.requestSubmit(event.submitter);
    });
  },
  true,
);
