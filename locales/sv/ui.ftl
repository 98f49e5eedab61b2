brand = Väylä
brand-description = Boka is, hallar och planer i Haparanda och Torneå. Betala i kronor eller euro.
language-own-name = Svenska
language-label = Språk
skip-to-content = Hoppa till innehållet
nav-label = Huvudmeny
nav-search = Lediga tider
# Behind the name of a town.
nav-today = i dag
nav-facilities = Anläggningar
nav-accessibility = Tillgänglighet
nav-api = Öppet gränssnitt (API)
footer-rates = Växelkurser: Europeiska centralbankens referenskurser. Klassning av anläggningar: Lipas.fi, Jyväskylä universitet (CC BY 4.0).
banner-label = Om den här sidan
banner-demo = Demonstration: bokningarna är påhittade, inga pengar rör sig och priser och öppettider är exempel.
# $moment (String) - date and time with whose clock
banner-clock = Klockan är inställd på { $moment }.
# $title (String) - the page's title
error-title = Fel: { $title }
# $count (Number) - how many errors
error-summary = { $count ->
    [one] En sak behöver rättas
   *[other] { $count } saker behöver rättas
}
# $typed (String) - what was typed
error-date = Vi förstod inte datumet ”{ $typed }”. Skriv till exempel 2026-11-26 eller 26/11.
# $typed (String) - what was typed
error-time = Vi förstod inte klockslaget ”{ $typed }”. Skriv till exempel 17:00 eller 17.
# $typed (String) - what was typed
error-people = Skriv antalet personer med siffror, inte ”{ $typed }”.
trouble-not-found = Sidan finns inte
trouble-not-found-text = Länken kan vara felskriven eller för gammal. Om du kom hit från ett e-postmeddelande: kontrollera att hela länken följde med.
trouble-too-large = För mycket på en gång
trouble-too-large-text = Det du skickade är för stort. Korta ner texten och försök igen.
trouble-unreadable = Vi förstod inte det du skickade
trouble-unreadable-text = Gå tillbaka, ladda om sidan och försök igen. Inget har bokats eller betalats.
trouble-unavailable = Tjänsten svarar inte just nu
trouble-unavailable-text = Inget du har bokat eller betalat har gått förlorat. Vänta en liten stund och ladda om sidan.
trouble-to-search = Sök lediga tider
price-free = Gratis
price-no-rate = ingen aktuell kurs
# $base (String) - sign of a currency
# $value (String) - the rate
# $quote (String) - sign of the other
# $date (String) - day of the rate
# $source (String) - who published it
price-rate = 1 { $base } = { $value } { $quote } den { $date } ({ $source })
# $price (String) - money
price-from = från { $price } i timmen
price-free-for-some = gratis för vissa grupper
# $first (String) - money
# $second (String) - money
price-and = { $first } och { $second }
# $price (String) - money
price-per-hour = { $price } i timmen
# $rate (String) - percentage
# $amount (String) - money
vat-included = Varav moms { $rate }: { $amount }.
vat-exempt = Momsfritt.
kind-ice = Is
kind-hall = Idrottshall
kind-pool = Simhall
kind-field = Plan
kind-court = Bana och näridrott
kind-indoor = Annan inomhussport
kind-culture = Kultur och möten
kind-outdoor = Friluftsliv
kind-harbour = Hamn och stugor
group-adult = Vuxna
group-youth = Barn och unga
group-club = Förening
group-company = Företag
use-sport = Idrott och motion
use-match = Match eller tävling
use-teaching = Kurs eller träning som deltagarna betalar för
use-event = Något annat: möte, fest, mässa
# $name (String) - space or facility
plan-label = Planritning: { $name }
