facilities-title = Anläggningar
facilities-lead = Alla anläggningar i Haparanda och Torneå som vi känner till. De översta kan du boka här.
facilities-not-booked-here = Går inte att boka här
facility-see-times = Se lediga tider
facility-not-bookable = Den här anläggningen går inte att boka i Väylä.
facility-spaces = Det här kan du boka
# $people (Number) - how many
facility-capacity = { $people ->
    [one] högst { $people } person
   *[other] högst { $people } personer
}
facility-hours = Öppettider
facility-closed = stängt
facility-hours-assumed = Öppettiderna är våra egna antaganden: vi har inte hittat de riktiga.
facility-prices = Priser
facility-prices-caption = Pris per timme
facility-price-when = När
facility-prices-assumed = Priserna är våra egna antaganden: vi har inte hittat kommunens taxa.
# $municipality (String) - whose price list
facility-prices-from = Priserna är exempel från en annan kommuns taxa ({ $municipality }). Kommunens egen taxa har inte hittats.
days-all = Alla dagar
facility-way = Hitta hit
facility-map = Visa på karta (OpenStreetMap)
facility-rules = Bra att veta
facility-equipment = Utrustning
# $towns (String) - the towns
facility-owned-by = Ägare: { $towns }
facility-entry-assumed = Vi har inte kunnat kontrollera om anläggningen går att hyra.
facility-name-ours = Namnet är vår översättning eller beskrivning.
facility-sources = Källor
facility-exceptions = Andra tider gäller:
facility-public-holidays = röda dagar
facility-eves = aftnar före stora helger
facility-door-code = obemannat, öppnas med dörrkod
together-title = När en del är bokad
# $space (String) - name of the space
together-taken = Bokat: { $space }
together-nothing = Då är inget annat ledigt här.
# $spaces (String) - names of spaces
together-free = Samtidigt kan andra boka: { $spaces }.
