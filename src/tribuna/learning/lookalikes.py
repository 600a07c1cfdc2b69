"""Letters that pass for Latin ones, and figures that stand for letters. Tables of our own, by looking at them."""
# ruff: noqa: RUF001 - these are confusable on purpose

from __future__ import annotations

# For each Latin letter those of Cyrillic, Greek, Armenian, Cherokee, the phonetic alphabets and the like. What
# Unicode's compatibility form (NFKC) already makes Latin is not here.
_ALIKE = {
    "a": "аɑαᴀⱥɐѧ", "b": "ЬƄɓʙᏏвƀь", "c": "сϲᴄⅽƈςꮯ", "d": "ԁժɗᴅđɖ", "e": "еҽєᴇɘǝɛ℮ёε", "f": "ϝꜰƒғſ", "g": "ɡցɢɠġ",
    "h": "һհʜɦнႹ", "i": "іıɪιꙇӏⅰїɩ", "j": "јϳᴊʝ", "k": "кκᴋƙⱪ", "l": "ⅼʟɭłƖן", "m": "мᴍɱʍ", "n": "ոռɴпηɲп",
    "o": "оοօᴏσоөøσ", "p": "рρᴘþᑭ", "q": "ԛգզɋ", "r": "гʀᴦɾяɿɹ", "s": "ѕꜱʂṣ", "t": "тτᴛƭţʇ", "u": "υսᴜцμʋ",
    "v": "ѵνᴠטᵥ", "w": "ԝաᴡωшѡʍɯ", "x": "хχ×ⅹ", "y": "уγүʏỿ", "z": "ᴢʐƶ",
    "A": "АΑᎪꓮ", "B": "ВΒᏴꓐ", "C": "СϹᏟꓚ", "D": "ᎠꓓĐ", "E": "ЕΕᎬꓰ", "F": "Ϝꓝ", "G": "ԌᏀꓖ", "H": "НΗᎻꓧ", "I": "ІΙӀ",
    "J": "ЈᎫꓙ", "K": "КΚᏦꓗ", "L": "ᏞꓡԼ", "M": "МΜᎷꓟ", "N": "Νꓠ", "O": "ОΟՕꓳ", "P": "РΡᏢꓑ", "Q": "Ԛ", "R": "ᎡꓣᏒ",
    "S": "ЅՏᏚꓢ", "T": "ТΤᎢꓔ", "U": "Սꓴ", "V": "ѴᏙꓦ", "W": "ԜᎳꓪ", "X": "ХΧꓫ", "Y": "УΥҮꓬ", "Z": "ΖᏃꓜ",
}  # fmt: skip
LOOKALIKES = {ord(alike): letter for letter, alikes in _ALIKE.items() for alike in alikes}

# Letters in boxes and bubbles that NFKC leaves as they are: negative circled, negative squared, regional indicators.
BOXED = {
    start + place: chr(ord("A") + place) for start in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)
}  # fmt: skip
REGIONAL = range(0x1F1E6, 0x1F200)

# Figures and signs that are read as letters inside a word.
LEET = str.maketrans("013457@$!€£", "oieastasiel")
