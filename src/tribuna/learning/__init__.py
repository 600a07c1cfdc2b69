"""Learning: whether a text is like what moderators took for spam. Pure functions over texts and numbers.

``folding`` takes a text's disguises off and counts them, ``structure`` looks at how it is built, ``ngrams`` at its
words. ``features`` puts the three together, ``prior`` is what the house knows before anybody decided anything,
``layers`` what a newsroom's own decisions add, ``calibration`` turns a score into a chance, ``explaining`` says it in
words. ``metrics`` says how good all this is and how sure that is. ``campaigns`` recognises texts that are nearly alike.
No database, no Django; scikit-learn is imported only by what fits.
"""
