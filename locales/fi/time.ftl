# Kenen kellosta aika luetaan.
clock-label = { $country ->
    [SE] Ruotsin aikaa
    [FI] Suomen aikaa
    [NO] Norjan aikaa
   *[other] paikallista aikaa
}
clock-head = { $country ->
    [SE] Ruotsin aika
    [FI] Suomen aika
    [NO] Norjan aika
   *[other] Paikallinen aika
}
# Tarkka hetki.
moment = { $date } klo { $time } { $clock }
