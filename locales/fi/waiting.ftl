waiting-any-kind = Mitä tahansa
waiting-any-town = molemmat kaupungit
waiting-share = { $percent ->
    [25] vähintään neljännes
    [50] vähintään puolet
    [100] koko tila
   *[other] vähintään { $percent } prosenttia
}
waiting-any-hour = mihin aikaan tahansa
waiting-from-hour = klo { $time } alkaen
waiting-title = Asetu jonoon
waiting-lead = Onko kaikki varattu? Kun sopiva aika vapautuu, pidämme sen hetken jonon ensimmäiselle ja lähetämme hänelle viestin.
waiting-given-back = Jono koskee peruttuja aikoja ja aikoja, jotka kaupunki avaa sulun jälkeen. Kun uusia päiviä tulee varattavaksi, kuka tahansa voi varata ne heti.
waiting-join = Asetu jonoon
waiting-email-hint = Kirjoitamme tähän osoitteeseen, kun aika vapautuu.
waiting-free = Vapaana jo nyt
waiting-in-line = Olet jonossa
waiting-place = Sijasi jonossa on { $place }. Lähetämme sinulle viestin, kun voimme tarjota aikaa.
waiting-offered = Sinulle on vapautunut aika
waiting-offered-lead = Aika on varattuna sinulle. Vahvista varaus viimeistään { $until }.
waiting-take = Varaa aika
waiting-done = Sait ajan
waiting-done-lead = Siksi et ole enää tässä jonossa.
waiting-left = Olet poistunut jonosta
waiting-left-lead = Emme enää tarjoa sinulle aikoja.
waiting-over = Jonotus on päättynyt
waiting-over-lead = Odotettavaa aikaa ei enää ole: viimeinen päivä on mennyt, tai et ottanut tarjottua aikaa. Voit hakea uuden ajan.
waiting-for = Mitä jonotat
waiting-what = Mitä
waiting-days = Päivät
waiting-hours = Kellonaika ja kesto
waiting-stay = Voit poistua jonosta milloin vain.
waiting-leave-offered = Jos poistut jonosta, sinulle pidetty aika siirtyy seuraavalle.
waiting-leave = Poistu jonosta
