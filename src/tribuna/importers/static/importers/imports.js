// Keeps the page of an import in step where scripts run, and says before a file is sent that it is too large. Nothing
// needs it: "Look again" loads the page, and the server refuses what is too large.
const POLL_MILLISECONDS = 2_000;
const SILENCE_MILLISECONDS = 60_000; // between two things that are said aloud

class Progress {
    constructor(place) {
        this.place = place;
        this.state = place.dataset.importState;
        this.bar = place.querySelector("progress");
        this.voice = place.querySelector("[data-import-said]");
        this.spokenAt = Date.now();
        place.querySelector("[data-import-again]").hidden = true;
        this.later();
    }

    later() { setTimeout(() => this.look(), POLL_MILLISECONDS); }

    async look() {
        if (document.hidden) { this.later(); return; }
        try {
            const answer = await fetch(this.place.dataset.importProgress, { headers: { Accept: "application/json" } });
            if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
            this.show(await answer.json());
        } catch {
            this.place.querySelector("[data-import-again]").hidden = false;
            this.later();
        }
    }

    show(told) {
        if (told.state !== this.state) { location.reload(); return; }
        const what = this.place.querySelector("[data-import-what]");
        if (what.textContent !== told.what) what.textContent = told.what;
        if (told.max) {
            this.bar.max = told.max;
            this.bar.value = told.value;
        } else {
            this.bar.removeAttribute("value");
        }
        for (const [name, text] of Object.entries(told.figures)) {
            const figure = this.place.querySelector(`[data-import-figure="${name}"]`);
            if (figure) figure.textContent = text;
        }
        this.say(`${told.what}: ${told.figures.done}`);
        this.later();
    }

    say(text) {
        if (Date.now() - this.spokenAt < SILENCE_MILLISECONDS) return;
        this.spokenAt = Date.now();
        this.voice.textContent = text;
    }
}

function watchForm(form) {
    const warning = document.querySelector("[data-import-large]");
    const size = () => [...form.querySelectorAll("input[type=file]")]
        .flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
    form.addEventListener("change", () => { warning.hidden = size() <= Number(form.dataset.importMaximum); });
    form.addEventListener("submit", (event) => {
        if (size() > Number(form.dataset.importMaximum)) {
            event.preventDefault();
            warning.scrollIntoView({ block: "center" });
            return;
        }
        const sending = form.querySelector("[data-import-sending]");
        sending.textContent = sending.dataset.says;
    });
}

document.querySelectorAll("[data-import-progress]").forEach((place) => new Progress(place));
document.querySelectorAll("form[data-import-maximum]").forEach(watchForm);
