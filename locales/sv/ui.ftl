brand = Väylä
