mail-series-confirmed-subject = Varattu: { $place }, { $count ->
    [one] yksi vuoro
   *[other] { $count } vuoroa
}, ensimmäinen { $when }
mail-series-confirmed-intro = Vuorot ovat sinun. Tässä ovat kaikki päivät ja varausten numerot.
mail-series-cancel-rule = Voit perua yhden vuoron, useita tai kaikki jäljellä olevat. Kunkin varauksen sivulla kerrotaan, mitä peruminen maksaa ja milloin.
mail-series-manage = Katso kaikki vuorot tai peru:
mail-series-cancelled-subject = Peruttu: { $place }, { $count ->
    [one] yksi vuoro
   *[other] { $count } vuoroa
}
mail-series-cancelled-intro = Nämä vuorot on peruttu, ja ne ovat taas vapaita.
mail-series-withdrawn-subject = Vuorosi on peruttu: { $place }, { $count ->
    [one] yksi vuoro
   *[other] { $count } vuoroa
}
mail-series-withdrawn-intro = Kaupunki on valitettavasti joutunut perumaan nämä vuorot. Varaukset eivät ole enää voimassa.
mail-series-moved-subject = Siirretty: { $place }, { $count ->
    [one] yksi vuoro
   *[other] { $count } vuoroa
}
mail-series-moved-intro = Vuorot on siirretty. Uudet ajat ovat tässä.
mail-series-moved-by-town-intro = Kaupunki on joutunut siirtämään nämä vuorot. Uudet ajat ovat tässä.
series-link = Varaa sama aika usealle viikolle
series-title = Vakiovuoro: { $space }, { $facility }
series-heading = Varaa sama aika usealle viikolle
series-lead = Valitse, milloin vuoro toistuu. Näet jokaisen päivän ennen kuin mitään varataan.
series-first = Ensimmäinen päivä
series-every = Kuinka usein
series-every-weeks = { $weeks ->
    [1] Joka viikko
    [2] Joka toinen viikko
    [3] Joka kolmas viikko
   *[other] Joka neljäs viikko
}
series-until = Viimeinen päivä
series-until-hint = Anna joko viimeinen päivä tai kertojen määrä, enintään 120.
series-count = tai kertojen määrä
series-skip = Jätä väliin
series-skip-holidays = Pyhäpäivät ja juhlapyhien aatot
series-skip-breaks = Koulujen lomat: { $town }
series-skip-date = Jätä väliin { $date }
series-show = Näytä päivät
series-book = Varaa kaikki vapaat
series-hold-note = Vuorot ovat varattuina sinulle { $minutes } minuuttia, kun maksat. Hinta ei sinä aikana muutu, jos maksat kaikki kerralla.
series-dates = Kaikki päivät
series-free-of = Päiviä yhteensä: { $all }. Vapaana: { $free }.
series-total = Kaikki vapaat yhteensä:
series-near = Vapaita vaihtoehtoja:
series-taken = Varattu.
series-unpriced = Ajalle ei ole hintaa.
series-missing = Tätä kellonaikaa ei sinä päivänä ole, koska kelloja siirretään eteenpäin.
series-twice = Tämä kellonaika toistuu sinä päivänä. Valitse, kumpaa tarkoitat.
series-skipped = Jää väliin: { $name }.
series-skipped-date = Jää väliin.
series-times = { $count ->
    [one] Yksi vuoro
   *[other] { $count } vuoroa
}
series-held = Vuorot on sinulle alustavasti varattu
series-held-lead = Niitä ei ole vielä vahvistettu. Jatka, niin saat varauksen valmiiksi.
series-confirmed = Vuorot ovat sinun
series-confirmed-lead = { $count ->
    [one] Yksi vuoro on varattu.
   *[other] { $count } vuoroa on varattu.
} Vahvistus lähetetään osoitteeseen { $email }.
series-cancelled-lead = Vuorot on peruttu, ja ne ovat taas vapaita.
series-expired = Alustava varaus on päättynyt
series-state-held = alustavasti varattu
series-state-confirmed = varattu
series-state-cancelled = peruttu
series-state-expired = päättynyt
series-cancel-first = Jokaisen vuoron voi perua erikseen. Ensimmäistä koskee tämä:
series-cancel-some = Peru valitut
series-cancel-rest = Peru kaikki jäljellä olevat
series-cancel-none = Valitse vähintään yksi vuoro, joka ei ole vielä alkanut.
series-cancel-ask = Haluatko perua nämä vuorot?
series-cancel-submit = { $count ->
    [one] Peru vuoro
   *[other] Peru { $count } vuoroa
}
series-cancel-keep = Pidä vuorot
series-move-some = Siirrä valitut
series-move-rest = Siirrä kaikki jäljellä olevat
series-move-title = Siirrä vakiovuoroja
series-move-lead = Jokainen vuoro siirtyy oman viikkonsa sisällä: joko kaikki tai ei yksikään. Näet ensin jokaisen päivän.
series-move-weekday = Uusi viikonpäivä
series-move-show = Näytä uudet päivät
series-move-submit = { $count ->
    [one] Siirrä vuoro
   *[other] Siirrä { $count } vuoroa
}
series-move-from = Nyt:
series-move-to = Uusi aika:
series-move-barred = Kaikkia ei voi siirtää tähän aikaan, joten mitään ei siirretä. Valitse toinen aika, tai palaa takaisin ja jätä pois päivät, jotka eivät käy.
series-dearer = Maksaa { $amount } enemmän. Siirrä tämä vuoro erikseen varauksen omalla sivulla ja maksa erotus siellä.
series-there = On jo tässä ajassa.
problem-series-fewer = Hinta on muuttunut. Vakiovuoron alennuksen saa vain vuoroista, jotka maksetaan yhdessä tai jotka on jo varattu, ja niitä on nyt vähemmän. Tarkista uusi hinta, ennen kuin jatkat.
problem-series-move-none = Yhtään vuoroa ei voi siirtää. Vain varattuja vuoroja, jotka eivät ole alkaneet, voi siirtää.
problem-series-move-too-late = Vuoroja ei voi enää siirtää. Nyt ne voi vain perua.
problem-series-move-barred = Kaikkia päiviä ei voi siirtää tähän aikaan, joten mitään ei siirretty. Katso kunkin päivän kohdalta, miksi ei.
problem-series-move-changed = Jokin on muuttunut sen jälkeen, kun näit päivät, joten mitään ei siirretty. Katso päivät uudelleen.
problem-series-first = Ensimmäisen päivän pitää olla vuosien { $from }–{ $to } välillä.
problem-series-time = Vuoron pitää alkaa tasavartilta, esimerkiksi klo 18.15.
problem-series-length = Keston pitää olla täysiä vartteja, enintään { $longest }.
problem-series-every = Vuoro voi toistua { $min }–{ $max } viikon välein.
problem-series-last-before-first = Viimeinen päivä on ennen ensimmäistä. Valitse myöhempi.
problem-series-last-too-late = Näin monta päivää ei mahdu yhteen vakiovuoroon. Viimeinen mahdollinen päivä on { $last }. Valitse se tai aikaisempi päivä.
problem-series-count = Anna kertojen määrä väliltä 1–{ $max }.
problem-series-skipped-dates = Voit jättää väliin enintään { $max } yksittäistä päivää.
problem-series-until = Anna joko viimeinen päivä tai kertojen määrä, ei molempia.
problem-series-nothing = Yksikään päivistä ei ole vapaa. Kokeile toista aikaa.
problem-series-changed = Jokin on muuttunut sen jälkeen, kun näit päivät, joten mitään ei varattu. Katso päivät uudelleen.
problem-series-no-date = Vakiovuorolla ei ole tällaista päivää.
problem-series-which = Anna joko bookings tai from.
problem-series-token-missing = Lähetä vakiovuoron manage_token Authorization-otsakkeessa Bearer-tunnisteena.
problem-series-token-invalid = Avain ei kelpaa. Käytä sitä manage_token-avainta, jonka sait vakiovuoroa varattaessa.
problem-series-not-found = Vakiovuoroa ei ole, tai avain kuuluu toiseen vakiovuoroon. Käytä vahvistuksessa olevaa linkkiä.
problem-breaks-too-many = Kunnalla voi olla enintään { $max } lomaa. Poista jo päättyneitä.
problem-break-backwards = Loma päättyy ennen kuin se alkaa. Vaihda päivien järjestys.
problem-break-overlaps = Lomalla on yhteisiä päiviä toisen loman kanssa. Korjaa päivämäärät.
problem-break-name = Lomalla pitää olla nimi molemmilla kielillä, enintään { $max } merkkiä.
