"""Drawings that explain. Each fills 1600 by 900, without words: captions and alternative texts
say what they show, in any language."""
