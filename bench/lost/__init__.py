"""A hundred million lost document numbers on one machine: size, time of an answer, wrong answers.

What is in the file is made of hashes drawn at random, which is what keyed hashes are to anybody, and
of 200,000 real numbers, hashed as they would be from a list. The numbers that are asked for are real
ones. Reading and hashing a list is measured by itself, with fewer rows, and said for all of them.

"Cold": before every 50 questions, the system is told to forget the file (posix_fadvise, DONTNEED), so
that nearly each reads the disk. SQLite holds the same hashes, fewer of them, in the same run, asked
and made to forget in the same way.
"""
