closed-from = { $from } alkaen toistaiseksi
closed-note = Suljettu { $when }: { $reason }
closed-note-parts = Suljettu { $when } ({ $parts }): { $reason }
