# What stands in the way, and what to do about it: pages and JSON API alike.

# The time asked for.
problem-in-the-past = Tiden har redan börjat. Välj en senare tid.
# $step (String) - a length of time
problem-off-raster = Här bokas tider i steg om { $step }. Välj en start och ett slut som passar in.
# $shortest (String) - a length of time
problem-too-short = Tiden är för kort. Här bokar du minst { $shortest }.
# $longest (String) - a length of time
problem-too-long = Tiden är för lång. Här bokar du högst { $longest } åt gången.
# $last (String) - a date
problem-too-early = Så långt fram går det inte att boka än. Sista dagen du kan välja är { $last }.
# $until (String) - date and time with whose clock
problem-too-late = Tiden skulle ha bokats senast { $until }. Välj en senare tid.
# $shortest (String) - a length of time
problem-leaves-gap = Bredvid tiden blir det kvar en lucka som är kortare än { $shortest }, och den kan ingen annan boka. Lägg tiden intill en annan bokning, eller lämna mer plats.
# $why (String) - a sentence
problem-closed = Tiden går inte att boka. { $why } Välj en tid när det är öppet.
closed-hours = Då är det stängt.
closed-season = Då är det inte säsong.
# $opens (String) - a date
closed-season-until = Då är det inte säsong. Nästa säsong börjar { $opens }.
# $holiday (String) - its name
closed-holiday = Det är stängt på { $holiday }.
# $reason (String) - as staff have put it
closed-reason = Det är stängt: { $reason }.
# $time (String) - a time of day
problem-nonexistent-time = Klockan { $time } finns inte den dagen, för då ställs klockan fram. Välj en tid före eller efter.
# $time (String) - a time of day
problem-ambiguous-time = Klockan { $time } kommer två gånger den dagen, för då ställs klockan tillbaka. Ange vilken av dem du menar.
# $first (String) - an instant with its offset
# $second (String) - an instant with its offset
problem-ambiguous-time-offset = Skriv { $first } eller { $second }.
problem-occupied = Någon annan har hunnit boka tiden. Välj en annan tid.
problem-quote-changed = Priset har ändrats sedan du såg det. Titta på det nya priset innan du bokar.
problem-no-price = Det finns inget pris för den här tiden och taxegruppen. Välj en annan tid, eller kontakta kommunen.

# Who books.
problem-name-missing = Skriv ditt namn.
# $max (Number) - letters
problem-name-too-long = Namnet får ha högst { $max } tecken. Korta ner det.
problem-email-missing = Skriv din e-postadress. Dit skickar vi bekräftelsen.
# $max (Number) - letters
problem-email-too-long = E-postadressen får ha högst { $max } tecken. Använd en kortare adress.
problem-email-format = Skriv hela e-postadressen, till exempel namn@exempel.se.
# $max (Number) - letters
problem-phone-too-long = Telefonnumret får ha högst { $max } tecken. Skriv bara ett nummer.
problem-phone-format = Skriv telefonnumret med siffror, till exempel +46 70 123 45 67.
# $max (Number) - letters
problem-purpose-too-long = Beskriv kortare vad du ska använda tiden till: högst { $max } tecken.
# $max (Number) - people
problem-people-format = Skriv antalet personer med siffror, från 1 till { $max }.
# $capacity (Number) - people
problem-people-too-many = { $capacity ->
    [one] Här ryms bara en person. Välj en större lokal.
   *[other] Här ryms högst { $capacity } personer. Välj en större lokal om ni blir fler.
}

# A hold, a payment, a cancellation.
problem-not-held = Den preliminära bokningen gäller inte längre. Sök tiden på nytt.
problem-no-details = Fyll i vem som bokar innan du betalar.
problem-free = Bokningen är gratis. Det finns inget att betala.
problem-nothing-due = Det finns inget att betala just nu. Ville du flytta bokningen till en dyrare tid är den tiden inte längre reserverad för dig: välj den igen.
problem-currency = Bokningen går inte att betala i den valutan just nu. Välj en annan valuta.
problem-return-url = Ange en fullständig webbadress att komma tillbaka till. Den ska börja med https:// eller http://.
problem-payments-too-many = Det har gjorts för många betalningsförsök för den här bokningen. Gör en ny bokning.
# $known (String) - what can be chosen
problem-unknown-provider = Det betalsättet finns inte. Välj { $known }.
problem-not-live = Bokningen är redan avbokad eller har gått ut. Du behöver inte göra något.
problem-begun = Tiden har börjat och går inte att avboka längre.
problem-over = Tiden är över och går inte att avboka längre.
problem-move-begun = Tiden har börjat och går inte att flytta längre.
# $last (String) - an instant on the clocks of both towns
problem-move-too-late = Bokningen gick att flytta till och med { $last }. Nu går den bara att avboka.
problem-move-never = Bokningen kan inte flyttas, eftersom en avbokning aldrig är utan kostnad här.
problem-move-unchanged = Det är den tid du redan har. Välj en annan tid, längd eller lokal.
problem-move-other-town = Bokningen kan bara flyttas inom samma kommun. Avboka den och boka den andra tiden för sig.
problem-not-confirmed = Bokningen är inte klar. Gör klart den, så får du kalenderfilen.

# What only staff do.
problem-staff-token-missing = Skicka med kommunens nyckel som Bearer i Authorization.
problem-staff-token-invalid = Nyckeln finns inte, har gått ut eller är återkallad. Be kommunen om en ny.
# $scope (String) - the scope's code
problem-forbidden-scope = Nyckeln saknar behörigheten { $scope }. Be kommunen om en nyckel som har den.
problem-forbidden-town = Det här hör till en annan kommun än den som nyckeln gäller i. Be den kommunen om en nyckel.
problem-reason-missing = Skriv orsaken på både svenska och finska.
# $max (Number) - letters
problem-reason-too-long = Orsaken får ha högst { $max } tecken på varje språk. Korta ner den.
problem-not-dead = Meddelandet är redan skickat eller väntar på att skickas. Du behöver inte göra något.
problem-closure-start = Stängningen kan börja tidigast nu, på en jämn kvart. Välj en senare start.
problem-closure-end = Stängningen ska sluta på en jämn kvart, efter att den har börjat. Välj ett senare slut.
# $count (Number) - bookings
problem-undecided = { $count ->
    [one] En bokning ligger i vägen. Bestäm om den ska flyttas, avbokas eller behållas.
   *[other] { $count } bokningar ligger i vägen. Bestäm för var och en om den ska flyttas, avbokas eller behållas.
}
# $booking (String) - the booking's id
# $why (String) - a sentence
problem-cannot-move = Bokningen { $booking } går inte att flytta dit. { $why }
problem-move-not-confirmed = Tiden är bara preliminärt bokad. Behåll den eller avboka den.
problem-closure-not-in-force = Stängningen är redan upphävd eller över. Du behöver inte göra något.
problem-tariff-stale = Prislistan har bytts ut sedan du läste den. Läs den igen innan du publicerar den.
problem-rules-stale = Någon annan har ändrat reglerna sedan du läste dem. Läs dem igen och gör om ändringen.
# $max (Number) - rules
problem-rules-too-many = Skriv högst { $max } regler i ett dokument.
# $max (Number) - hours
problem-rules-hours = En regel får ha högst { $max } öppettider. Dela upp den.
# $max (Number) - letters
problem-rules-reason = Ange orsaken på både svenska och finska, med högst { $max } tecken var.
problem-rules-dates = Sista dagen i en regel ligger före den första. Byt plats på dem.
# $days (Number) - the longest
problem-rules-notice = En regel får kräva bokning högst { $days } dagar i förväg. Ange färre dagar.
# $days (Number) - the farthest
problem-rules-horizon = En regel får tillåta bokning högst { $days } dagar framåt. Ange färre dagar.
problem-rules-buffer = Tiden före och efter en bokning anges i hela kvartar, högst fyra timmar.
# $longest (String) - a length of time
problem-rules-no-gaps = Luckor kan bara förbjudas där den kortaste bokningen, med tiden före och efter, är högst { $longest }.
problem-rules-first-start = Dagens första starttid ska ligga före midnatt.
# $max (Number) - rules
problem-cancelling-rules = Skriv högst { $max } regler om avbokning i ett dokument.
# $max (Number) - steps
problem-cancelling-steps = En regel om avbokning får ha högst { $max } steg.
# $days (Number) - days
problem-cancelling-notice = En regel får kräva avbokning högst { $days } dagar i förväg. Ange färre dagar.
problem-cancelling-percent = Ange hur mycket som betalas tillbaka i hela procent, från 0 till 100.
problem-cancelling-fee = Ange avgiften i anläggningens valuta, större än noll, och annars bara i en valuta som går att betala i.
problem-cancelling-order = Ett senare steg får inte ge tillbaka mer än steget före. Byt plats på stegen eller ändra dem.

# Getting there at all.
problem-unavailable = Bokningstjänsten går inte att nå just nu. Försök igen om en liten stund.
problem-provider-down = Det går inte att betala i den valutan just nu. Försök igen om en stund, eller betala i den andra valutan. Tiden är fortfarande reserverad för dig, och inga pengar har dragits.
problem-not-heard = Anropet kommer inte från betaltjänsten, eller gäller ingen betalning här.
problem-refund-known = Det är redan känt vad som hänt med återbetalningen, eller så får vi veta det. Du behöver inte göra något.
problem-refunded = Pengarna är redan återbetalda. Du behöver inte göra något.
problem-refund-asked = Betaltjänsten arbetar redan med återbetalningen. Vänta på svar från den.
problem-internal = Något gick fel hos oss. Försök igen, och kontakta kommunen om det inte hjälper.
problem-not-found = Det du söker finns inte. Kontrollera adressen.
problem-booking-not-found = Bokningen finns inte, eller så hör nyckeln till en annan bokning. Använd länken i bekräftelsen.
problem-token-missing = Skicka med bokningens manage_token som Bearer i Authorization.
problem-token-invalid = Nyckeln är inte giltig. Använd den manage_token som kom när bokningen gjordes.
# $method (String) - an HTTP method
problem-method = Adressen tar inte emot { $method }. Metoderna som går att använda står i Allow.

# What a program sends.
problem-bad-json = Innehållet är inte giltig JSON. Rätta det och skicka igen.
problem-not-json = Skicka innehållet som application/json.
# $field (String) - a field's name
problem-unknown-field = Fältet { $field } finns inte. Ta bort det eller rätta namnet.
# $field (String) - a field's name
problem-field-missing = Fältet { $field } saknas. Lägg till det.
# $field (String) - a field's name
problem-field-invalid = Värdet i { $field } går inte att använda. Vad som ska stå där finns i API-beskrivningen.
problem-invalid = Några uppgifter behöver rättas.
# $days (Number) - the longest
problem-search-too-long = Sök i högst { $days } dagar åt gången.
problem-no-rate = Det finns ingen växelkurs för den dagen. Välj en annan dag.
problem-too-large = Innehållet är större än 1 MiB. Skicka mindre åt gången.
# $max (Number) - letters
problem-idempotency-key = Nyckeln i Idempotency-Key ska ha 1 till { $max } tecken, bara vanliga skrivtecken.
problem-idempotency-mismatch = Nyckeln har redan använts för ett annat anrop. Ta en ny nyckel.
problem-in-progress = Samma anrop behandlas fortfarande. Vänta lite och fråga igen med samma nyckel.
problem-answer-lost = Anropet har utförts, åtminstone delvis, men svaret gick förlorat. Se först efter vad som är gjort och använd sedan en ny nyckel.

# Headings, by the kind of problem.
problem-title-unreadable = Anropet går inte att läsa
problem-title-unauthorized = Giltig nyckel saknas
problem-title-forbidden = Nyckeln räcker inte
problem-title-not-found = Finns inte
problem-title-method = Fel metod
problem-title-conflict = Det går inte just nu
problem-title-too-large = För mycket på en gång
problem-title-refused = Något behöver ändras
problem-title-failed = Fel hos oss
problem-wait-no-day = Ingen dag passar dina val. Välj en sista dag som inte ligger före den första, och veckodagar som infaller däremellan.
problem-wait-no-room = Så lång tid ryms inte mellan klockslagen. Välj en kortare tid eller en senare sluttid.
problem-wait-no-such-length = Inget av det du har valt går att boka med den längden. Välj en annan längd eller ändra de andra valen.
problem-wait-free = Du behöver inte stå i kö: det finns redan lediga tider som passar. Boka en av dem.
# $max (Number) - how many places in line
problem-wait-too-many = Du står redan i { $max } köer, och fler går det inte att stå i samtidigt. Lämna någon av dem först.
problem-nothing-left = Det finns inget kvar att betala tillbaka för bokningen.
# $left (String) - money
problem-refund-amount = Beloppet ska vara mer än noll, i prisets valuta och högst { $left }.
# $field (String) - name of the field
problem-money = Skriv { $field } som ett belopp med högst tolv siffror, punkt och högst två decimaler, till exempel 20.00, och en valutakod.
problem-account-code = Kundkoden finns inte eller gäller inte längre. Kontrollera att hela koden följde med, eller betala direkt.
problem-account-closed = Kundens avtal är avslutat. Ge kunden en ny kod, eller låt den som bokar betala direkt.
problem-account-town = Kundkoden gäller i den andra kommunen. Betala direkt i stället.
problem-account-group = Priset gäller en annan grupp än kundens. Välj kundens grupp när du bokar, eller betala direkt.
problem-account-credit = Bokningen kan inte faktureras, för då skulle kundens obetalda bokningar överstiga det högsta beloppet. Betala direkt, eller kontakta kommunen.
problem-move-credit = Den nya tiden kostar mer än vad kunden kan ha obetalt. Välj en billigare tid, eller kontakta kommunen.
problem-nothing-overdue = Inget på fakturan har förfallit.
# $count (Number) - how many reminders
problem-reminded = Kunden har redan påmints { $count } gånger.
problem-reminder-fee = Avgiften ska vara i fakturans valuta och högst 100.
problem-is-credit = En kreditfaktura kan inte krediteras.
problem-all-credited = Det finns inget kvar att kreditera på fakturan.
problem-payout-provider = Ange en betaltjänst som kommunen använder och som inte själv rapporterar sina utbetalningar, till exempel swish.
problem-instructed = Kontrollera beloppet som betalaren har skickat. Det stämmer inte med det som har kommit in på kontot. Uppgiften kan utelämnas.
problem-bank-day = Ange den dag då banken bokförde raden: i dag eller tidigare, högst två år tillbaka.
# $sum (String) - an amount
problem-payout-too-much = Betaltjänsten har högst { $sum } kvar att betala ut. Kontrollera beloppet och avgiften.
problem-bank-key-known = En annan rad med samma nyckel är redan registrerad. Kontrollera bankens id för raden.
problem-owed-from = Ange antingen from_key (en rad i kontoutdraget) eller from_invoice (en krediterad faktura).
problem-no-money = Det finns inget sådant belopp att betala tillbaka. Hämta listan över pengar till godo.
problem-no-money-left = Hela beloppet är redan fört till fakturor eller återbetalat.
problem-no-invoice = Kommunen har ingen sådan faktura. Ange fakturans nummer, till exempel TORNIO-F12, eller dess referens.
problem-nothing-open = Det finns inget kvar att betala på fakturan.
# $left (String) - money
problem-paid-back-amount = Beloppet ska vara mer än noll, i kommunens valuta och högst { $left }.
# $most (String) - money
problem-write-off-most = Ett restbelopp kan skrivas av bara om det är högst { $most }. Påminn kunden, eller kreditera fakturan om den är fel.
# $date (String) - day
problem-no-tax = Det finns ingen momssats för { $date }.
# $code (String) - code of the town
problem-no-payee = Det är inte angivet var kommunens fakturor betalas. Ange det med PUT /api/v1/staff/municipalities/{ $code }/payee och försök igen.
problem-no-room = Fakturanumret får inte plats i den längd på OCR-nummer som kommunen har avtalat. Ange en större längd för kommunens bankgiro.
problem-no-fee = Påminnelsen har ingen avgift att ta bort.
problem-iban = Skriv ett IBAN-nummer med rätt kontrollsiffror, till exempel FI21 1234 5600 0007 85.
problem-bic = Skriv bankens BIC-kod med 8 eller 11 tecken, till exempel NDEAFIHH.
problem-bankgiro = Skriv ett bankgironummer med rätt kontrollsiffra, till exempel 991-2346.
problem-ocr-level = Skriv den nivå på OCR-kontrollen som är avtalad med banken: soft, check, length_and_check, fixed:10 eller fixed:10,12.
problem-payee-fields = Ange iban och bic, eller bankgiro och ocr.
problem-wants-bankgiro = En kommun i Sverige får betalt till ett bankgiro. Ange bankgiro och ocr.
problem-wants-iban = Kommunen får betalt till ett konto. Ange iban och bic.
problem-business-id = Skriv ett organisationsnummer eller en Y-tunnus med rätt kontrollsiffra.
# $max (Number) - days
problem-terms-days = Betalningstiden är 0 till { $max } dagar.
problem-credit = Kreditgränsen ska vara mer än noll, i kommunens valuta.
