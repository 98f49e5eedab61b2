# $price (String) - money
tariff-per-quarter = { $price } per kvart
# $price (String) - money
tariff-per-occasion = { $price } per gång
# $price (String) - money
tariff-per-day = { $price } per dag
# $towns (String) - names of towns
tariff-home = boende i { $towns }
# $group (String) - name of a price group
tariff-as-group = samma pris som för { $group }
# $percent (String) - percentage
tariff-part = { $percent } av priset för hela anläggningen
# $dates (Number) - at least so many
# $percent (String) - percentage
tariff-series = Rabatt för minst { $dates } datum: { $percent }
# $price (String) - money
tariff-minimum = Tillägg upp till lägsta priset, { $price }
tariff-kept = Priset följde med från den tidigare tiden
# $date (String) - day
tariff-tax-since = Skattesatsen gäller sedan { $date }.

# What a new price list changes.
# $what (String) - whom and when it is for
# $before (String) - as it was
# $after (String) - as it will be
tariff-changed = { $what }: från { $before } till { $after }
# $what (String) - whom and when it is for
# $after (String) - as it will be
tariff-added = { $what }: { $after } (nytt)
# $what (String) - whom and when it is for
# $before (String) - as it was
tariff-gone = { $what }: tas bort (förut { $before })
tariff-what-part = Andel av anläggningens pris
# $group (String) - name of a price group
tariff-what-as-group = { $group } betalar samma pris som
tariff-what-minimum = Lägsta pris för en bokning
# $dates (Number) - at least so many
tariff-what-series = Rabatt för minst { $dates } datum
tariff-what-dated = Dagen som avgör vilken taxa som gäller
tariff-dated-booking = bokningsdagen
tariff-dated-use = dagen då tiden börjar

# On the page of a facility and in forms.
# $date (String) - day
tariff-from-date = Priser från och med { $date }
# $price (String) - money
tariff-least = En bokning kostar minst { $price }.
# $dates (Number) - at least so many
# $percent (String) - percentage
tariff-series-offer = Bokar du minst { $dates } datum på en gång får du { $percent } rabatt.
tariff-by-booking = Den taxa gäller som gällde dagen då du bokade.
tariff-by-use = Den taxa gäller som gäller dagen då tiden börjar.
choose-home = Var är du folkbokförd?
choose-home-hint = Priset kan bero på det.
home-elsewhere = Någon annanstans

# What is wrong with a price list or a rate.
# $max (Number) - how many
problem-tariff-prices = Taxan ska ha minst ett pris och högst { $max }.
problem-tariff-part = Bara en lokals egen taxa kan vara en andel av anläggningens, och då får inget annat stå i den.
problem-tariff-percent = Ange hela procent från 1 till 100.
problem-tariff-groups = Ange minst en taxegrupp, och varje grupp bara en gång.
# $max (Number) - how many
problem-tariff-homes = Ange högst { $max } kommuner.
problem-tariff-hours = Tiden ska sluta efter att den börjar, senast 24:00.
problem-tariff-currency = Ange beloppet i anläggningens valuta. Utöver det går det bara att ange grannens valuta.
problem-tariff-as-group = En grupp som saknar priser ska hänvisa till en grupp som har priser.
# $max (Number) - how many
problem-tariff-series = Ange högst { $max } rabatter, var och en för ett eget antal datum från 2 till 120.
problem-tariff-published = Taxan är publicerad och kan inte ändras. Lägg in en ny som gäller från en annan dag.
problem-tariff-past = Taxan kan gälla tidigast från i dag. Lägg in den med en senare dag.
# $max (Number) - how many
problem-tariff-too-many = Det finns redan { $max } taxor här. Ta bort något utkast först.
# $max (Number) - letters
problem-vat-source = Ange var skattesatsen står, med högst { $max } tecken.
problem-vat-past = Skattesatsen kan gälla tidigast från i morgon. Det som redan gäller ändras inte.
problem-vat-exists = Det finns redan en skattesats från den dagen. Välj en annan dag.
# $max (Number) - how many
problem-vat-too-many = Det finns redan { $max } skattesatser för landet. Fler går inte att lägga in.
