"""Voices and ears: engines that speak a line, and the one that writes down what was said.

``hibari`` is small, fast and English; ``kokoro`` is natural in several languages; ``espeak`` is robotic and
speaks almost any. All write what `SpeechSynthesizer` promises; `finish` sees to the level and the silence.
"""
