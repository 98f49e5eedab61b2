steps-label = Vaiheet
step-choose = Valitse aika
step-details = Tietosi
step-check = Tarkista
step-pay = Maksa
step-continue = Jatka
choose-title = Varaa { $space }, { $facility }
choose-date = Päivä
choose-time = Alkaa klo ({ $clock })
choose-length = Kesto
choose-group = Kuka varaa?
choose-use = Mihin käytät vuoroa?
choose-which = Tämä kellonaika toistuu sinä yönä. Kumpaa tarkoitat?
choose-first = Ensimmäistä, ennen kellojen siirtoa (a)
choose-second = Toista, kellojen siirron jälkeen (b)
choose-offer = Aika ja hinta
choose-submit = Varaa alustavasti ja jatka
choose-recount = Laske hinta uudelleen
choose-hold-note = Aika on varattuna sinulle { $minutes } minuuttia, kun täytät loput tiedot. Hinta ei sinä aikana muutu.
choose-alternatives = Vapaita aikoja lähellä
hold-label = Alustava varaus
hold-until = Aika on varattuna sinulle klo { $time } asti
hold-minutes-left = { $minutes ->
    [0] alle minuutti jäljellä
    [one] { $minutes } minuutti jäljellä
   *[other] { $minutes } minuuttia jäljellä
}
hold-over = Alustava varaus on päättynyt
hold-extend = Pidä aika vielä { $minutes } minuuttia
details-title = Tietosi
details-name = Nimi
details-email = Sähköpostiosoite
details-email-hint = Lähetämme tähän vahvistuksen ja linkin, jolla voit siirtää tai perua varauksen.
details-phone = Puhelin (vapaaehtoinen)
details-purpose = Vuoron käyttötarkoitus (vapaaehtoinen)
details-people = Henkilömäärä (vapaaehtoinen)
check-title = Onko kaikki oikein?
check-change = Muuta
check-price = Hinta
check-or = tai
check-cancel = Peruminen
check-submit = Jatka maksamaan
check-submit-free = Varaa
cancel-free-is-over = Maksuttoman perumisen aika on päättynyt.
pay-title = Maksa
pay-choose = Kummassa valuutassa maksat? Molemmat summat ovat kiinteitä: niihin ei lisätä mitään.
pay-only-one = Juuri nyt voit maksaa vain tässä valuutassa, koska ajantasaista valuuttakurssia ei ole.
pay-amount = Maksa { $amount }
pay-next = Siirryt maksusivulle ja sen jälkeen takaisin tänne.
ticket-confirmed = Vuoro on sinun
ticket-confirmed-lead = Varaus { $reference } on valmis. Vahvistus lähetetään osoitteeseen { $email }.
ticket-held = Aika on sinulle alustavasti varattu
ticket-held-lead = Sitä ei ole vielä vahvistettu. Jatka, niin saat varauksen valmiiksi.
ticket-held-refused = Maksu ei onnistunut. Aika on vielä hetken sinun: yritä uudelleen tai maksa toisella tavalla.
ticket-held-abandoned = Emme ole vielä saaneet maksua. Aika on vielä hetken sinun.
ticket-cancelled = Peruttu
ticket-cancelled-lead = Varaus { $reference } on peruttu, ja aika on taas vapaa.
ticket-expired = Alustava varaus on päättynyt
ticket-expired-lead = Maksua ei tullut ajoissa, joten muut voivat nyt varata. Sinulta ei ole veloitettu mitään. Voit hakea uudelleen.
ticket-waiting = Odotamme tietoa pankilta
ticket-waiting-lead = Aika ehti vapautua. Jos se on yhä vapaa, kun maksu tulee, vuoro on sinun. Muuten saat kaiken takaisin. Katso hetken kuluttua uudelleen.
ticket-too-late = Maksu tuli liian myöhään
ticket-too-late-lead = Vuoro oli jo alkanut, tai joku muu oli ehtinyt varata sen. Saat kaikki rahasi takaisin.
ticket-paid-twice = Saimme jo maksetusta varauksesta vielä toisen maksun, { $amount }. Palautamme sen samalla maksutavalla. Varaus on voimassa.
ticket-paid-on-account = Saimme maksun { $amount }, mutta varaus laskutetaan. Palautamme rahat samalla maksutavalla, jolla maksoit. Varaus on voimassa.
ticket-money-back = Palautamme { $amount } samalla maksutavalla, jolla maksoit. Palautus voi kestää muutaman pankkipäivän.
ticket-wrong-amount = Saimme maksun { $amount }, mutta summa ei ole se, joka piti maksaa. Palautamme rahat samalla maksutavalla, jolla maksoit.
ticket-refunded = Sinulle palautetaan { $amount }. Palautus voi kestää muutaman pankkipäivän.
ticket-move-too-late = Maksu uudesta ajasta tuli, kun se ei enää ollut sinulle varattuna. Palautamme { $amount } samalla maksutavalla, jolla maksoit, ja varauksesi on voimassa entisellään.
ticket-place = Paikka
ticket-reference = Varaus
ticket-paid = Maksettu
ticket-paid-across = { $paid }, hinta { $total }. { $rate }.
ticket-calendar = Lisää kalenteriin
ticket-receipt = Kuitti
ticket-move = Siirrä varaus
ticket-cancel = Peru varaus
ticket-go-on = Viimeistele varaus
ticket-give-back = Vapauta aika
cancel-title = Haluatko perua varauksen?
cancel-refund = Saat takaisin { $amount }.
cancel-no-refund = Maksua ei palauteta.
cancel-submit = Peru varaus
cancel-keep = Pidä varaus
receipt-title = Kuitti { $number }
receipt-date = Maksupäivä
receipt-number = Kuitin numero
receipt-buyer = Ostaja
receipt-business-id-se = Organisaationumero { $id }
receipt-business-id-fi = Y-tunnus { $id }
receipt-lines = Mistä maksoit
receipt-what = Tuote
receipt-net = Veroton
receipt-vat = Alv
receipt-gross = Verollinen
receipt-total = Yhteensä
receipt-earlier = Maksettu aiemmin
receipt-difference = Erotus
receipt-exempt-short = ei alv:a
receipt-vat-line = Arvonlisävero { $rate }: { $vat }, veroton hinta { $net }.
receipt-paid = Maksettu { $amount }, saaja { $receiver }.
receipt-refund = Palautettu { $amount }, { $date }.
receipt-refund-vat = Palautus vastaa hinnasta { $gross }, josta arvonlisäveroa { $rate }: { $vat }.
receipt-refund-reason = Syy: { $reason }
receipt-back = Varaukseen
receipt-pdf = Lataa PDF-tiedostona
cancel-until = Voit perua maksutta viimeistään { $value }.
cancel-late = { $percent ->
    [0] Sen jälkeen maksua ei palauteta.
   *[other] Sen jälkeen saat takaisin { $percent } prosenttia siihen asti, kun vuoro alkaa.
}
answer-phone = Puhelin
answer-purpose = Vuoron käyttötarkoitus
answer-people = Henkilömäärä
choose-repriced = Hinta on nyt valintojesi mukainen. Varaa aika, jos se sopii.
ticket-look-again = Katso uudelleen
ticket-map = Kartta
ticket-contact = Kysyttävää
cancel-late-now = { $percent ->
    [0] Maksua ei palauteta.
   *[other] Jos perut nyt ennen vuoron alkua, saat takaisin { $percent } prosenttia.
}
details-privacy = Käytämme tietoja vain varauksesi ja kirjanpidon hoitamiseen.
# $percent (Number) - what is invoiced all the same
cancel-late-invoiced = { $percent ->
    [0] Sen jälkeenkään mitään ei laskuteta, jos perut ennen vuoron alkua.
   *[other] Sen jälkeen laskutetaan { $percent } prosenttia hinnasta.
}
# $percent (Number) - what is invoiced all the same
cancel-late-invoiced-now = { $percent ->
    [0] Mitään ei laskuteta, jos perut ennen vuoron alkua.
   *[other] Jos perut nyt, hinnasta laskutetaan { $percent } prosenttia.
}
# $amount (String) - what is invoiced all the same
cancel-invoiced = Jos perut nyt, laskutetaan { $amount }.
cancel-not-invoiced = Jos perut nyt, mitään ei laskuteta.
