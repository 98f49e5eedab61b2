mail-confirmed-subject = Varattu: { $place }, { $when }
mail-cancelled-subject = Peruttu: { $place }, { $when }
mail-back-subject = Saat rahasi takaisin varauksesta { $reference }
mail-hello = Hei { $name }!
mail-confirmed-intro = Vuoro on sinun. Varauksesi numero on { $reference }.
mail-cancelled-intro = Varaus { $reference } on peruttu.
mail-cancelled-refund = Palautamme { $amount } samaa tietä kuin maksoit. Palautus voi kestää muutaman pankkipäivän.
mail-cancelled-no-refund = Maksua ei palauteta.
mail-too-late = Maksusi { $amount } tuli vasta, kun vuoro oli jo vapautunut ja joku muu oli ehtinyt varata sen. Palautamme koko summan samaa tietä kuin maksoit. Voit hakea uuden ajan.
mail-paid-twice = Saimme samasta varauksesta { $amount } kahteen kertaan. Palautamme toisen maksun samaa tietä kuin maksoit. Varaus on voimassa.
mail-unwanted = Maksusi { $amount } tuli vasta, kun varaus oli jo peruttu. Palautamme koko summan samaa tietä kuin maksoit.
mail-place = Paikka: { $value }
mail-when = Aika: { $value }
mail-when-other = Sama aika joen toisella puolella: { $value }
mail-address = Osoite: { $value }
mail-paid = Maksettu: { $value }
mail-free = Hinta: maksuton
mail-cancel-until = Voit perua maksutta viimeistään { $value }.
mail-cancel-late = { $percent ->
    [0] Sen jälkeen maksua ei palauteta.
   *[other] Sen jälkeen saat takaisin { $percent } prosenttia siihen asti, kun vuoro alkaa.
}
mail-manage = Katso varaus, hae kuitti tai peru:
mail-search = Hae uusi aika:
mail-foot = Väylä – liikuntapaikkojen varaukset, { $towns }. Tähän viestiin ei voi vastata.
mail-demo = Tämä on esittelyversio. Vuoroa ei ole oikeasti varattu eikä rahaa ole maksettu.
