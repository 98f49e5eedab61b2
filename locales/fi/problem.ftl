# Mikä on esteenä ja mitä sille voi tehdä.

# Pyydetty aika.
problem-in-the-past = Aika on jo alkanut. Valitse myöhempi aika.
problem-off-raster = Täällä ajat varataan jaksoissa, joiden pituus on { $step }. Valitse alkamis- ja päättymisaika sen mukaan.
problem-too-short = Valitse pidempi aika. Lyhin varattava aika on { $shortest }.
problem-too-long = Valitse lyhyempi aika. Pisin kerralla varattava aika on { $longest }.
problem-too-early = Näin kauas ei voi vielä varata. Viimeinen varattava päivä on { $last }.
problem-too-late = Tämä aika piti varata viimeistään { $until }. Valitse myöhempi aika.
problem-leaves-gap = Ajan viereen jää niin lyhyt väli, ettei kukaan voi varata sitä: lyhin varattava aika on { $shortest }. Siirrä aika toisen varauksen viereen tai jätä pidempi väli.
problem-closed = Tätä aikaa ei voi varata. { $why } Valitse aika aukioloajoilta.
closed-hours = Paikka on silloin kiinni.
closed-season = Kausi ei ole silloin käynnissä.
closed-season-until = Kausi ei ole silloin käynnissä. Seuraavan kauden ensimmäinen päivä on { $opens }.
closed-holiday = Paikka on silloin kiinni: { $holiday }.
closed-reason = Paikka on kiinni: { $reason }.
problem-nonexistent-time = Kelloja siirretään sinä päivänä eteenpäin, joten kellonaikaa { $time } ei ole. Valitse aikaisempi tai myöhempi aika.
problem-ambiguous-time = Kelloja siirretään sinä päivänä taaksepäin, joten kellonaika { $time } tulee kahdesti. Kerro, kumpaa tarkoitat.
problem-ambiguous-time-offset = Kirjoita joko { $first } tai { $second }.
problem-occupied = Joku muu ehti varata ajan. Valitse toinen aika.
problem-quote-changed = Hinta on muuttunut sen jälkeen, kun näit sen. Tarkista uusi hinta ennen varaamista.
problem-no-price = Tälle ajalle ja hintaryhmälle ei ole hintaa. Valitse toinen aika tai ota yhteyttä kaupunkiin.

# Kuka varaa.
problem-name-missing = Kirjoita nimesi.
problem-name-too-long = Lyhennä nimeä. Siinä saa olla enintään { $max } merkkiä.
problem-email-missing = Kirjoita sähköpostiosoitteesi. Lähetämme vahvistuksen siihen.
problem-email-too-long = Käytä lyhyempää sähköpostiosoitetta. Siinä saa olla enintään { $max } merkkiä.
problem-email-format = Kirjoita sähköpostiosoite kokonaan, esimerkiksi nimi@esimerkki.fi.
problem-phone-too-long = Kirjoita vain yksi puhelinnumero. Siinä saa olla enintään { $max } merkkiä.
problem-phone-format = Kirjoita puhelinnumero numeroin, esimerkiksi +358 40 123 4567.
problem-purpose-too-long = Lyhennä kuvausta. Siinä saa olla enintään { $max } merkkiä.
problem-people-format = Kirjoita henkilömäärä numeroin väliltä 1–{ $max }.
problem-people-too-many = { $capacity ->
    [one] Tänne mahtuu vain yksi henkilö. Valitse suurempi tila.
   *[other] Tänne mahtuu enintään { $capacity } henkilöä. Jos teitä on enemmän, valitse suurempi tila.
}

# Alustava varaus, maksu, peruminen.
problem-not-held = Alustava varaus ei ole enää voimassa. Hae aika uudelleen.
problem-no-details = Kerro ensin, kuka varaa. Sitten voit maksaa.
problem-free = Varaus on maksuton, joten maksettavaa ei ole.
problem-nothing-due = Maksettavaa ei juuri nyt ole. Jos olit siirtämässä varausta kalliimpaan aikaan, se aika ei ole enää sinulle varattuna: valitse se uudelleen.
problem-currency = Varausta ei voi nyt maksaa tässä valuutassa. Valitse toinen valuutta.
problem-return-url = Anna paluuosoite kokonaisena. Sen alussa on oltava https:// tai http://.
problem-payments-too-many = Tätä varausta on yritetty maksaa liian monta kertaa. Tee uusi varaus.
problem-unknown-provider = Tällaista maksutapaa ei ole. Valitse { $known }.
problem-not-live = Varaus on jo peruttu tai vanhentunut. Sinun ei tarvitse tehdä mitään.
problem-begun = Vuoro on alkanut, joten sitä ei voi enää perua.
problem-over = Vuoro on jo päättynyt, joten sitä ei voi enää perua.
problem-move-begun = Vuoro on alkanut, joten sitä ei voi enää siirtää.
problem-move-too-late = Varausta olisi voinut siirtää viimeistään { $last }. Nyt sen voi vain perua.
problem-move-never = Varausta ei voi siirtää, koska sen peruminen maksaa aina jotakin.
problem-move-unchanged = Sinulla on jo tämä aika. Valitse toinen aika, kesto tai tila.
problem-move-other-town = Varauksen voi siirtää vain saman kunnan sisällä. Peru varaus ja varaa toinen aika erikseen.
problem-not-confirmed = Varaus ei ole valmis. Viimeistele se, niin saat kalenteritiedoston.

# Henkilöstön toiminnot.
problem-staff-token-missing = Lähetä kaupungin antama avain Authorization-otsakkeessa Bearer-tunnisteena.
problem-staff-token-invalid = Avainta ei ole, tai se on vanhentunut tai peruutettu. Pyydä kaupungilta uusi.
problem-forbidden-scope = Avaimelta puuttuu oikeus { $scope }. Pyydä kaupungilta avain, jossa se on.
problem-forbidden-town = Tämä kuuluu toiselle kunnalle kuin sille, jossa avain on voimassa. Pyydä avain siltä kunnalta.
problem-reason-missing = Kirjoita syy sekä ruotsiksi että suomeksi.
problem-reason-too-long = Lyhennä syytä. Siinä saa olla kummallakin kielellä enintään { $max } merkkiä.
problem-not-dead = Viesti on jo lähetetty tai odottaa lähetystä. Sinun ei tarvitse tehdä mitään.
problem-closure-start = Sulkuaika voi alkaa aikaisintaan nyt, tasavartilta. Valitse myöhempi alkamisaika.
problem-closure-end = Sulkuajan on päätyttävä tasavartilta ja alkamisajan jälkeen. Valitse myöhempi päättymisaika.
problem-undecided = { $count ->
    [one] Sulkuaikana on yksi varaus. Päätä, siirretäänkö, perutaanko vai säilytetäänkö se.
   *[other] Sulkuaikana on { $count } varausta. Päätä jokaisesta, siirretäänkö, perutaanko vai säilytetäänkö se.
}
problem-cannot-move = Varausta { $booking } ei voi siirtää sinne. { $why }
problem-move-not-confirmed = Varaus on vasta alustava. Säilytä tai peru se.
problem-closure-not-in-force = Sulkuaika on jo peruttu tai päättynyt. Sinun ei tarvitse tehdä mitään.
problem-tariff-stale = Hinnasto on vaihdettu sen jälkeen, kun luit sen. Lue se uudelleen ennen julkaisemista.
problem-rules-stale = Joku muu on muuttanut sääntöjä sen jälkeen, kun luit ne. Lue ne uudelleen ja tee muutos sitten.
problem-rules-too-many = Kirjoita samaan asiakirjaan enintään { $max } sääntöä.
problem-rules-hours = Yhdessä säännössä voi olla enintään { $max } aukioloaikaa. Jaa sääntö osiin.
problem-rules-reason = Kerro syy sekä suomeksi että ruotsiksi, kummallakin kielellä enintään { $max } merkkiä.
problem-rules-dates = Säännön viimeinen päivä on ennen ensimmäistä. Vaihda päivien järjestys.
problem-rules-notice = Sääntö voi vaatia varaamaan enintään { $days } päivää etukäteen. Vähennä päiviä.
problem-rules-horizon = Sääntö voi sallia varaamisen enintään { $days } päivän päähän. Vähennä päiviä.
problem-rules-buffer = Aika varauksen edellä ja jälkeen annetaan täysinä vartteina, enintään neljä tuntia.
problem-rules-no-gaps = Välien jättämisen voi kieltää vain, jos lyhin varaus ja aika sen edellä ja jälkeen ovat yhteensä enintään { $longest }.
problem-rules-first-start = Päivän ensimmäisen alkamisajan pitää olla ennen keskiyötä.
problem-cancelling-rules = Kirjoita samaan asiakirjaan enintään { $max } perumissääntöä.
problem-cancelling-steps = Yhdessä perumissäännössä voi olla enintään { $max } vaihetta.
problem-cancelling-notice = Sääntö voi vaatia perumaan enintään { $days } päivää etukäteen. Vähennä päiviä.
problem-cancelling-percent = Ilmoita palautettava osuus kokonaisina prosentteina, 0–100.
problem-cancelling-fee = Ilmoita peruutusmaksu liikuntapaikan valuutassa ja nollaa suurempana, muuten vain valuutassa, jossa voi maksaa.
problem-cancelling-order = Myöhempi vaihe ei saa palauttaa enempää kuin sitä edeltävä. Vaihda vaiheiden järjestystä tai muuta niitä.

# Yhteys ja osoitteet.
problem-unavailable = Varauspalveluun ei juuri nyt saada yhteyttä. Yritä hetken kuluttua uudelleen.
problem-provider-down = Tässä valuutassa ei juuri nyt voi maksaa. Yritä hetken kuluttua uudelleen tai maksa toisessa valuutassa. Aika on yhä varattuna sinulle, eikä rahaa ole veloitettu.
problem-not-heard = Kutsu ei tule maksupalvelusta, tai se ei koske mitään täällä olevaa maksua.
problem-refund-known = Palautuksen tilanne on jo tiedossa tai selviää itsestään. Sinun ei tarvitse tehdä mitään.
problem-refunded = Rahat on jo palautettu. Sinun ei tarvitse tehdä mitään.
problem-refund-asked = Maksupalvelu käsittelee jo palautusta. Odota sen vastausta.
problem-internal = Meillä tapahtui virhe. Yritä uudelleen ja ota yhteyttä kaupunkiin, jos se ei auta.
problem-not-found = Hakemaasi ei löydy. Tarkista osoite.
problem-booking-not-found = Varausta ei löydy, tai avain kuuluu toiseen varaukseen. Käytä vahvistuksessa olevaa linkkiä.
problem-token-missing = Lähetä varauksen manage_token Authorization-otsakkeessa Bearer-tunnisteena.
problem-token-invalid = Avain ei kelpaa. Käytä sitä manage_token-avainta, jonka sait varausta tehtäessä.
problem-method = Tässä osoitteessa ei voi käyttää metodia { $method }. Sallitut metodit ovat Allow-otsakkeessa.

# Mitä ohjelma lähettää.
problem-bad-json = Sisältö ei ole kelvollista JSONia. Korjaa se ja lähetä uudelleen.
problem-not-json = Lähetä sisältö muodossa application/json.
problem-unknown-field = Kenttää { $field } ei ole. Poista se tai korjaa nimi.
problem-field-missing = Lisää puuttuva kenttä { $field }.
problem-field-invalid = Kentän { $field } arvo ei kelpaa. Oikea muoto on kerrottu rajapinnan kuvauksessa.
problem-invalid = Osa tiedoista on korjattava.
problem-search-too-long = Hae kerralla enintään { $days } päivän ajalta.
problem-no-rate = Tälle päivälle ei ole valuuttakurssia. Valitse toinen päivä.
problem-too-large = Sisältö on yli 1 MiB. Lähetä se pienemmissä osissa.
problem-idempotency-key = Idempotency-Key-avaimessa on oltava 1–{ $max } tavallista kirjoitusmerkkiä.
problem-idempotency-mismatch = Avainta on jo käytetty toisessa kutsussa. Ota uusi avain.
problem-in-progress = Samaa kutsua käsitellään vielä. Odota hetki ja kysy uudelleen samalla avaimella.
problem-answer-lost = Kutsu on toteutunut ainakin osittain, mutta vastaus katosi. Tarkista ensin, mitä on tehty, ja käytä sitten uutta avainta.

# Otsikot.
problem-title-unreadable = Kutsua ei voi lukea
problem-title-unauthorized = Kelvollinen avain puuttuu
problem-title-forbidden = Avaimen oikeudet eivät riitä
problem-title-not-found = Ei löydy
problem-title-method = Väärä metodi
problem-title-conflict = Ei onnistu juuri nyt
problem-title-too-large = Liikaa kerralla
problem-title-refused = Jotakin on muutettava
problem-title-failed = Virhe meillä
problem-wait-no-day = Mikään päivä ei sovi valintoihisi. Valitse viimeinen päivä, joka ei ole ennen ensimmäistä, ja viikonpäiviä, jotka osuvat niiden väliin.
problem-wait-no-room = Näin pitkä aika ei mahdu kellonaikojen väliin. Valitse lyhyempi aika tai myöhempi päättymisaika.
problem-wait-no-such-length = Mitään valitsemaasi ei voi varata tällä kestolla. Valitse toinen kesto tai muuta muita valintoja.
problem-wait-free = Sinun ei tarvitse jonottaa: sopivia aikoja on jo vapaana. Varaa niistä yksi.
problem-wait-too-many = Olet jo { $max } jonossa, etkä voi olla useammassa yhtä aikaa. Poistu ensin jostakin.
problem-nothing-left = Varauksesta ei ole enää palautettavaa.
problem-refund-amount = Summan on oltava yli nolla, hinnan valuutassa ja enintään { $left }.
problem-money = Kirjoita kenttään { $field } summa, jossa on enintään kaksitoista numeroa, piste ja enintään kaksi desimaalia, esimerkiksi 20.00, sekä valuuttakoodi.
problem-account-code = Asiakaskoodia ei ole, tai se ei enää kelpaa. Tarkista, että koodi on kokonainen, tai maksa heti.
problem-account-closed = Asiakkaan sopimus on päättynyt. Anna asiakkaalle uusi koodi, tai pyydä varaajaa maksamaan heti.
problem-account-town = Asiakaskoodi on toisen kaupungin. Maksa heti.
problem-account-group = Hinta on toisen ryhmän kuin asiakkaan. Valitse varatessasi asiakkaan ryhmä tai maksa heti.
problem-account-credit = Varausta ei voi laskuttaa, koska asiakkaan maksamattomien varausten enimmäismäärä ylittyisi. Maksa heti tai ota yhteyttä kaupunkiin.
problem-move-credit = Uusi aika maksaa enemmän kuin asiakkaalla voi olla maksamatta. Valitse edullisempi aika tai ota yhteyttä kaupunkiin.
problem-nothing-overdue = Laskussa ei ole mitään erääntynyttä.
problem-reminded = Asiakkaalle on jo lähetetty { $count } muistutusta.
problem-reminder-fee = Maksun on oltava laskun valuutassa ja enintään 100.
problem-is-credit = Hyvityslaskua ei voi hyvittää.
problem-all-credited = Laskusta ei ole enää hyvitettävää.
problem-payout-provider = Ilmoita kunnan käyttämä maksupalvelu, joka ei itse raportoi tilityksiään, esimerkiksi swish.
problem-instructed = Tarkista maksajan lähettämä summa. Se ei vastaa tilille tullutta summaa. Tiedon voi myös jättää pois.
problem-bank-day = Anna päivä, jona pankki kirjasi rivin: tänään tai aiemmin, enintään kaksi vuotta sitten.
problem-payout-too-much = Maksupalvelulla on tilittämättä enintään { $sum }. Tarkista summa ja kulut.
problem-bank-key-known = Samalla avaimella on jo kirjattu toinen rivi. Tarkista pankin rivitunnus.
problem-owed-from = Ilmoita joko from_key (tiliotteen rivi) tai from_invoice (hyvitetty lasku).
problem-no-money = Palautettavaa rahaa ei löytynyt. Hae luettelo palautettavista rahoista.
problem-no-money-left = Koko summa on jo kohdistettu laskuihin tai palautettu.
problem-no-invoice = Kunnalla ei ole sellaista laskua. Ilmoita laskun numero, esimerkiksi TORNIO-F12, tai laskun viite.
problem-nothing-open = Laskusta ei ole mitään maksamatta.
problem-paid-back-amount = Summan on oltava yli nolla, kunnan valuutassa ja enintään { $left }.
problem-write-off-most = Avoimen summan voi poistaa saatavista vain, jos se on enintään { $most }. Muistuta asiakasta, tai hyvitä lasku, jos se on väärä.
problem-no-tax = Päivälle { $date } ei ole arvonlisäverokantaa.
problem-no-payee = Ei ole ilmoitettu, minne kaupungin laskut maksetaan. Ilmoita se kutsulla PUT /api/v1/staff/municipalities/{ $code }/payee ja yritä uudelleen.
problem-no-room = Laskun numero ei mahdu OCR-numeroon, jonka pituudesta on sovittu pankin kanssa. Ilmoita kunnan bankgirolle suurempi pituus.
problem-no-fee = Muistutuksessa ei ole poistettavaa maksua.
problem-iban = Kirjoita IBAN-tilinumero, jonka tarkistusnumerot ovat oikein, esimerkiksi FI21 1234 5600 0007 85.
problem-bic = Kirjoita pankin BIC-koodi, jossa on 8 tai 11 merkkiä, esimerkiksi NDEAFIHH.
problem-bankgiro = Kirjoita bankgironumero, jonka tarkistusnumero on oikein, esimerkiksi 991-2346.
problem-ocr-level = Kirjoita pankin kanssa sovittu OCR-tarkistuksen taso: soft, check, length_and_check, fixed:10 tai fixed:10,12.
problem-payee-fields = Ilmoita iban ja bic tai bankgiro ja ocr.
problem-wants-bankgiro = Ruotsalainen kunta ottaa maksut vastaan bankgirolle. Ilmoita bankgiro ja ocr.
problem-wants-iban = Kunta ottaa maksut vastaan tilille. Ilmoita iban ja bic.
problem-business-id = Kirjoita Y-tunnus tai ruotsalainen organisaationumero, jonka tarkistusnumero on oikea.
problem-terms-days = Maksuaika on 0–{ $max } päivää.
problem-credit = Luottorajan on oltava yli nolla, kaupungin valuutassa.
