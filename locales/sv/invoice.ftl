# Invoices and credit notes.

# $number (String) - running number
invoice-title = Faktura { $number }
# $number (String) - running number
invoice-credit-title = Kreditfaktura { $number }
invoice-date = Fakturadatum
invoice-number = Fakturanummer
invoice-to = Kund
invoice-business-id = Kundens org.nr
invoice-address = Kundens adress
invoice-e-invoice = E-fakturaadress
invoice-open = Att betala
invoice-due = Förfallodag
invoice-ocr = OCR-nummer
invoice-viitenumero = Referensnummer
invoice-credited-sum = Krediteras
invoice-credits = Avser faktura
invoice-lines = Bokade tider
# $price (String) - money
invoice-cancelled = avbokad sent, hela priset var { $price }
invoice-fees = Påminnelseavgift
invoice-credited = Krediterat
invoice-paid = Betalt
invoice-written-off = Avskrivet
invoice-tax-point = Momsen följer den dag då tiden användes.
# $reference (String) - reference of the transfer
invoice-pay = Ange { $reference } som referens när du betalar.
# $reference (String) - RF reference
invoice-rf = Från ett annat land kan du i stället ange RF-referensen { $reference }.
invoice-pdf = Ladda ner som PDF
invoice-slip = Betalningsuppgifter
invoice-payee = Mottagare
invoice-iban = IBAN
invoice-bic = BIC
invoice-bankgiro = Bankgiro
invoice-barcode = Virtuell streckkod
invoice-ocr-line = OCR-rad
invoice-barcode-picture = Streckkod som bankens app läser
invoice-qr-picture = QR-kod som bankens app läser
invoice-demo-payee = Det här är en demonstration med ett påhittat konto. Betala inte fakturan.
account-title = Betala mot faktura
account-code = Kundkod
account-hint = Föreningar och företag med avtal har fått en kundkod av kommunen.
account-submit = Boka mot faktura
# $total (String) - money
# $customer (String) - name of the customer
ticket-on-account = { $total }, faktureras { $customer }
