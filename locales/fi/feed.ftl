# Varaukset tilattavina kalentereina.

# Sivu, jolla linkit pyydetään.
feeds-title = Varauksesi kalenterissa
feeds-lead = Tilaa varauksesi omaan kalenteriisi. Uudet vuorot tulevat siihen itsestään, ja muutokset ja peruutukset päivittyvät.
feeds-how = Kirjoita sähköpostiosoite, jolla teet varauksia. Lähetämme siihen linkin, jonka voit lisätä kalenteriisi. Jos varaat seuralle tai yhdistykselle, saat myös linkin, jonka voit jakaa jäsenille.
feeds-submit = Lähetä linkki
feeds-email-missing = Kirjoita sähköpostiosoitteesi, jotta tiedämme, minne linkki lähetetään.
feeds-sent-title = Katso sähköpostisi
feeds-sent-lead = Jos osoitteella { $email } on varauksia, linkki on matkalla sinne.
feeds-sent-help = Eikö viestiä kuulu muutamassa minuutissa? Katso roskapostista ja tarkista, että osoite on sama, jolla teit varauksen. Samaan osoitteeseen lähetetään enintään yksi viesti tunnissa.

# Linkit sivulle ja kaikille avoimiin kalentereihin.
feeds-from-ticket = Tilaa varauksesi kalenteriin
feeds-of-facility = Varattujen aikojen kalenteri
feeds-of-facility-how = Lisää jokin linkeistä kalenteriisi tilattavana kalenterina, niin näet, milloin on varattua. Varaajan tiedot eivät näy.
feeds-of-whole-facility = Koko liikuntapaikka

# Mitä kalentereissa lukee.
feed-person-name = Omat varaukset – Väylä
feed-club-name = Seuran vuorot – Väylä
feed-taken = Varattu: { $space }
feed-cancelled = Peruttu: { $what }
feed-reference = Varaus { $reference }
feed-manage = Varauksen sivu: { $url }
feed-closed = Suljettu: { $reason }
feed-closed-parts = Suljettu ({ $parts }): { $reason }

# Viesti.
feed-mail-subject = Linkki varauksiisi kalenterissa
feed-mail-hello = Hei!
feed-mail-intro = Tässä on pyytämäsi linkki varauksiisi. Lisää se kalenteriohjelmaasi tilattavana kalenterina. Silloin uudet vuorot tulevat kalenteriin itsestään, ja muutokset ja peruutukset päivittyvät.
feed-mail-person = Omat varauksesi. Älä jaa tätä linkkiä: sen kautta varauksia voi myös perua.
feed-mail-club = Seuran vuorot. Tämän linkin voit jakaa kaikille jäsenille: siinä näkyvät vain paikka, aika ja vuoron käyttötarkoitus.
feed-mail-not-you = Etkö pyytänyt linkkiä? Silloin joku muu on kirjoittanut osoitteesi, eikä sinun tarvitse tehdä mitään. Linkki on lähetetty vain sinulle.
