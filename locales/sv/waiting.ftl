waiting-any-kind = Vad som helst
waiting-any-town = båda städerna
# $percent (Number) - at least so much of the whole
waiting-share = { $percent ->
    [25] minst en fjärdedel
    [50] minst halva
    [100] hela ytan
   *[other] minst { $percent } procent
}
waiting-any-hour = när som helst på dagen
# $time (String) - time of day
waiting-from-hour = från klockan { $time }
waiting-title = Ställ dig i kö
waiting-lead = Är det fullt? När en tid som passar blir ledig skriver vi till den som står först i kön och håller tiden en stund.
waiting-given-back = Kön gäller tider som någon lämnar tillbaka och tider som kommunen öppnar efter en stängning. När nya dagar blir bokningsbara kan alla boka dem direkt.
waiting-join = Ställ dig i kö
waiting-email-hint = Hit skriver vi när en tid blir ledig.
waiting-free = Ledigt redan nu
waiting-in-line = Du står i kö
# $place (Number) - 1 for the first
waiting-place = Din plats i kön är nummer { $place }. Vi skriver till dig när det är din tur.
waiting-offered = Det är din tur
# $until (String) - date and time with whose clock
waiting-offered-lead = Vi håller en tid åt dig till { $until }.
waiting-take = Boka tiden
waiting-done = Du fick en tid
waiting-done-lead = Du står därför inte längre i den här kön.
waiting-left = Du har lämnat kön
waiting-left-lead = Vi erbjuder dig inga fler tider.
waiting-over = Kön är avslutad
waiting-over-lead = Det finns ingen tid kvar att vänta på: den sista dagen har gått, eller så tog du inte tiden du erbjöds. Sök gärna en ny tid.
waiting-for = Det här väntar du på
waiting-what = Vad
waiting-days = Dagar
waiting-hours = Klockslag och längd
waiting-stay = Du kan lämna kön när du vill.
waiting-leave-offered = Om du lämnar kön går tiden vi håller åt dig vidare till nästa.
waiting-leave = Lämna kön
