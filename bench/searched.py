# ruff: noqa: E501 (a story is a line)
"""Twenty stories that say something, and what readers type who look for them."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """A story among the many that say nothing."""

    title: str
    standfirst: str
    text: str
    language: str = "en"


STORIES = (
    Story("Ferries return to the northern islands", "Nine months in dock are over.", "The captain sounded the horn twice."),
    Story("Council votes on the harbour wall", "The old wall leaks.", "Engineers want concrete, neighbours want stone."),
    Story("A bakery closes after a hundred years", "The oven stays.", "The last loaf was given away at noon."),
    Story("Bus drivers strike for longer breaks", "No bus before ten.", "Passengers walked over the bridge."),
    Story("New library opens at night", "Students asked for it.", "Reading lamps are lit until three."),
    Story("School kitchens go without plastic", "Trays are of steel now.", "Pupils wash them in turns."),
    Story("Theatre finds its lost curtain", "It hung in a barn.", "Moths had spared the velvet."),
    Story("Hospital trains nurses in sign language", "Forty have begun.", "Deaf patients had asked for years."),
    Story("Beekeepers count their winter losses", "Two hives in ten died.", "Mild weeks woke them too early."),
    Story("Marathon moves to the river bank", "The hill was too much.", "Runners may choose their pace."),
    Story("Vuelven los camiones al polígono", "La huelga terminó anoche.", "Los conductores aceptaron el acuerdo.", "es"),
    Story("El ayuntamiento prohíbe los patinetes en el paseo", "Habrá multas.", "Los vecinos lo pedían.", "es"),
    Story("Récord de vendimia en la comarca", "Nunca hubo tanta uva.", "Las bodegas no dan abasto.", "es"),
    Story("La orquesta ensaya en una fábrica vacía", "El eco ayuda.", "Sonaron violines entre las máquinas.", "es"),
    Story("Nuevos árboles para la avenida", "Serán jacarandás.", "Los plátanos estaban enfermos.", "es"),
    Story("Grève dans les écoles du quartier", "Les parents s'organisent.", "La cantine reste ouverte.", "fr"),
    Story("Pescadores pedem um novo farol", "O antigo apagou.", "As redes ficaram no cais.", "pt"),
    Story("Astronomers borrow the stadium", "The floodlights stay off.", "Saturn was seen by two thousand."),
    Story("Cyclists map the worst potholes", "The list has 312.", "The deepest swallowed a bottle."),
    Story("Choir sings in the car park", "The roof rings well.", "Commuters stopped to listen."),
)  # fmt: skip

# What is typed, and the title of the story that is meant: plurals, endings, wrong accents, words of the text.
QUESTIONS = (
    ("ferry island", STORIES[0].title),
    ("harbor wall harbour", STORIES[1].title),
    ("bakeries closing", STORIES[2].title),
    ("BUS STRIKES", STORIES[3].title),
    ("libraries open night", STORIES[4].title),
    ("plastic in school kitchen", STORIES[5].title),
    ("theatre curtains", STORIES[6].title),
    ("nurse sign language", STORIES[7].title),
    ("beekeeper winter", STORIES[8].title),
    ("marathon river", STORIES[9].title),
    ("camion poligono", STORIES[10].title),
    ("patinete paseo", STORIES[11].title),
    ("record vendimias", STORIES[12].title),
    ("orquésta fabrica", STORIES[13].title),
    ("jacarandas", STORIES[14].title),
    ("greve ecole", STORIES[15].title),
    ("faróis pescador", STORIES[16].title),
    ("saturn stadium", STORIES[17].title),
    ("pothole", STORIES[18].title),
    ('"car park"', STORIES[19].title),
)
