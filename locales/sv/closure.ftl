# $from (String) - date, perhaps with a time
closed-from = från { $from } tills vidare
# $when (String) - dates and times
# $reason (String) - a sentence, as staff have put it
closed-note = Stängt { $when }: { $reason }
# $when (String) - dates and times
# $parts (String) - names of parts
# $reason (String) - a sentence, as staff have put it
closed-note-parts = Stängt { $when } ({ $parts }): { $reason }
