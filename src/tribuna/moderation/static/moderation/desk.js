// Makes the queue quicker where scripts run: a key for everything (? shows them), decisions sent without leaving the
// page, ten seconds to undo, and a polite voice. Nothing needs it: every key presses a button that is there.
const UNDO_SECONDS = 10;
const KEPT = "tribuna-desk-toast";
const desk = document.querySelector("[data-desk]");

class Desk {
    constructor() {
        this.queue = desk.querySelector("[data-desk-queue]");
        this.bulk = desk.querySelector("[data-desk-bulk]");
        this.toast = desk.querySelector("[data-desk-toast]");
        this.dialog = desk.querySelector("[data-desk-dialog]");
        this.isLive = desk.hasAttribute("data-desk-live");
        this.taken = new Map(); // rows that were decided on, by id, with the row that followed
        this.busy = false;
        this.here = null;
        if (this.queue) this.chooseTogether();
        this.listen();
        this.showKept();
    }

    get rows() { return this.queue ? [...this.queue.querySelectorAll("[data-desk-comment]")] : []; }

    get row() {
        const focused = document.activeElement.closest?.("[data-desk-comment]");
        return focused ?? (this.here?.isConnected ? this.here : null);
    }

    // --- choosing several -----------------------------------------------------------------------------------------
    chooseTogether() {
        const all = this.bulk.querySelector("[data-desk-all]");
        all.hidden = false;
        all.addEventListener("change", (event) => {
            this.checks.forEach((check) => { check.checked = event.target.checked; });
            this.count();
        });
        this.queue.addEventListener("change", () => this.count());
        this.count();
    }

    get checks() { return [...this.queue.querySelectorAll("[data-desk-check]")]; }

    count() {
        const number = this.checks.filter((check) => check.checked).length;
        this.bulk.querySelector("[data-desk-chosen]").textContent = number || "";
        this.bulk.querySelector("[data-desk-all] input").checked = number > 0 && number === this.checks.length;
    }

    // --- keys -----------------------------------------------------------------------------------------------------
    listen() {
        desk.addEventListener("focusin", (event) => { this.here = event.target.closest("[data-desk-comment]") ?? this.here; });
        desk.addEventListener("submit", (event) => this.submitted(event));
        if (desk.hasAttribute("data-desk-keyless")) return;
        const help = desk.querySelector("[data-desk-help]");
        help.hidden = false;
        help.addEventListener("click", () => this.dialog.showModal());
        window.addEventListener("keydown", (event) => this.pressed(event), true);
    }

    pressed(event) {
        const typing = event.target.closest?.("textarea, select, input:not([type=checkbox]), [contenteditable]");
        if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
        if (!this.does(event.key)) return;
        event.preventDefault();
        event.stopImmediatePropagation(); // the admin has keys of its own
    }

    does(key) {
        const own = {
            "?": () => this.dialog.showModal(),
            j: () => this.step(1),
            k: () => this.step(-1),
            u: () => document.querySelector("[data-desk-undo] button")?.click(),
            a: () => this.bulk?.querySelector("[data-desk-all] input").click(),
            b: () => this.bulk?.querySelector("button").focus(),
        }[key];
        if (own) { own(); return true; }
        const row = this.row;
        if (!row) return false;
        const found = {
            x: "[data-desk-check]",
            g: "[data-desk-alike]",
            o: "h3 a",
        }[key] ?? `[data-desk-key="${CSS.escape(key)}"]`;
        const target = row.querySelector(found);
        target?.click();
        if (key === "r" && target) target.parentElement.querySelector("select").focus();
        return Boolean(target);
    }

    step(by) {
        const rows = this.rows, here = rows.indexOf(this.row);
        const next = here < 0 ? rows[0] : rows[here + by];
        next?.focus();
    }

    // --- sending --------------------------------------------------------------------------------------------------
    submitted(event) {
        const form = event.target;
        if (!this.isLive || !form.matches("[data-desk-sends]")) return;
        event.preventDefault();
        this.send(form, event.submitter);
    }

    async send(form, submitter) {
        if (this.busy) return;
        this.busy = true;
        try {
            const body = new FormData(form, submitter);
            const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
            this.answered(await response.json());
        } catch {
            this.say(desk.dataset.failed, true);
        } finally {
            this.busy = false;
        }
    }

    answered(reply) {
        if (reply.said) { this.say(reply.said, true); return; }
        desk.querySelector("[data-desk-count]").textContent = reply.count;
        const next = this.take(reply.done ?? []);
        const isWhole = this.giveBack(reply.back ?? []);
        this.show(reply);
        if (!isWhole || (this.rows.length === 0 && !reply.back)) { this.keep(reply); location.reload(); return; }
        next?.focus();
    }

    take(ids) {
        const before = this.rows;
        const gone = before.filter((row) => ids.includes(Number(row.dataset.deskComment)));
        if (!gone.length) return null;
        const first = before.indexOf(gone[0]);
        gone.forEach((row) => {
            const item = row.parentElement;
            this.taken.set(Number(row.dataset.deskComment), { item, following: item.nextElementSibling });
        });
        gone.forEach((row) => row.parentElement.remove());
        this.count();
        const left = this.rows;
        return left[Math.min(first, left.length - 1)] ?? null;
    }

    giveBack(ids) {
        const known = ids.filter((id) => this.taken.has(id)).reverse();
        known.forEach((id) => {
            const { item, following } = this.taken.get(id);
            this.queue.insertBefore(item, following?.isConnected ? following : null);
            this.taken.delete(id);
        });
        if (known.length) this.queue.querySelector(`[data-desk-comment="${known.at(-1)}"]`).focus();
        return known.length === ids.length;
    }

    // --- telling --------------------------------------------------------------------------------------------------
    show(reply) {
        this.toast.innerHTML = reply.html; // what the desk's own templates made
        reply.stale.forEach((words) => this.toast.append(Object.assign(document.createElement("p"), { textContent: words })));
        this.toast.hidden = false;
        const words = this.toast.cloneNode(true);
        words.querySelectorAll("form").forEach((form) => form.remove());
        this.say(`${words.textContent.trim().replace(/\s+/g, " ")}. ${reply.count}`);
        this.until = Date.now() + UNDO_SECONDS * 1000;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.hide(), UNDO_SECONDS * 1000);
    }

    hide() {
        if (this.toast.contains(document.activeElement)) { this.timer = setTimeout(() => this.hide(), 1000); return; }
        this.toast.hidden = true;
        this.toast.replaceChildren();
    }

    say(words, isShown = false) {
        desk.querySelector("[data-desk-said]").textContent = words;
        if (!isShown) return;
        this.toast.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
        this.toast.hidden = false;
    }

    // The queue is empty here but goes on: what was just done can still be undone on the next page.
    keep(reply) {
        sessionStorage.setItem(KEPT, JSON.stringify({ reply, until: this.until }));
    }

    showKept() {
        const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
        sessionStorage.removeItem(KEPT);
        if (!kept || !this.isLive) return;
        if (kept.until > Date.now()) this.show(kept.reply);
        (this.rows[0] ?? desk.querySelector("[data-desk-count]")).focus();
    }
}

if (desk) new Desk();
