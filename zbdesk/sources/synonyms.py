"""What headings are called in the files of many countries: role to words, folded. A table, no rules."""

# ruff: noqa: E501 - words, not code

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "source_id": "source id|external id|id|document id|record id|key|uuid|datensatz id|externe id|id externo",
        "number": "invoice number|invoice no|invoice no.|invoice #|invoice|invoice id|number|no|no.|nr|nr.|document number|"
        "doc no|voucher no|bill number|bill no|credit note number|credit note no|order number|order no|estimate number|"
        "quote number|rechnungsnummer|rechnungsnr|rechnungs-nr.|rechnung nr|belegnummer|beleg|belegnr|gutschriftsnummer|"
        "auftragsnummer|numéro de facture|numero de facture|n° facture|n° de facture|facture|numéro|número de factura|"
        "nº factura|factura|número|numero fattura|n. fattura|fattura|numero|factuurnummer|factuur|numer faktury|"
        "nr faktury|faktura|fakturanummer|číslo faktury|fatura no|fatura numarası|номер счета|номер счёта|номер|"
        "номер документа|счет|рахунок|請求書番号|請求番号|伝票番号|番号|发票号|发票号码|单号|编号|發票號碼|송장번호|번호|"
        "رقم الفاتورة|رقم|چالان نمبر|चालान संख्या|बीजक संख्या|invoice num",
        "party": "customer|party|party name|customer name|client|client name|company|bill to|buyer|account name|sold to|"
        "kunde|kundenname|kundin|firma|auftraggeber|debitor|client|nom du client|raison sociale|cliente|nombre del cliente|razón social|"
        "ragione sociale|klant|klantnaam|klient|nabywca|kontrahent|kund|odběratel|zákazník|müşteri|müşteri adı|cari|"
        "клиент|покупатель|заказчик|контрагент|клієнт|顧客|顧客名|得意先|取引先|お客様名|客户|客户名称|客戶|거래처|고객|"
        "العميل|اسم العميل|ग्राहक|ग्राहक का नाम|payer|received from",
        "vendor": "vendor|vendor name|supplier|supplier name|creditor|payee|lieferant|lieferantenname|kreditor|fournisseur|"
        "proveedor|fornecedor|fornitore|leverancier|dostawca|leverantör|dodavatel|tedarikçi|поставщик|仕入先|供应商|供應商|"
        "المورد",
        "email": "email|e-mail|mail|email address|e-mail-adresse|courriel|adresse e-mail|correo|correo electrónico|"
        "e-posta|электронная почта|почта|メール|メールアドレス|邮箱|电子邮件|البريد الإلكتروني|ईमेल|customer email",
        "date": "date|invoice date|document date|issue date|date issued|posting date|datum|rechnungsdatum|belegdatum|"
        "ausstellungsdatum|date de facture|date de facturation|date d'émission|fecha|fecha de factura|fecha de emisión|"
        "data|data de emissão|data fattura|data documento|factuurdatum|data wystawienia|fakturadatum|datum vystavení|"
        "tarih|fatura tarihi|дата|дата счета|дата документа|日付|請求日|発行日|日期|开票日期|發票日期|날짜|التاريخ|"
        "تاريخ الفاتورة|दिनांक|तारीख|payment date|expense date|journal date|zahlungsdatum|buchungsdatum",
        "due": "due date|due|payment due|fällig|fälligkeit|fälligkeitsdatum|fällig am|zahlbar bis|échéance|date d'échéance|"
        "vencimiento|fecha de vencimiento|vencimento|data de vencimento|scadenza|data scadenza|vervaldatum|"
        "termin płatności|förfallodatum|datum splatnosti|vade|vade tarihi|срок оплаты|оплатить до|支払期限|期日|到期日|"
        "تاريخ الاستحقاق|देय तिथि",
        "currency": "currency|currency code|cur|ccy|währung|devise|monnaie|moneda|divisa|moeda|valuta|waluta|měna|döviz|"
        "para birimi|валюта|通貨|币种|货币|幣別|통화|العملة|मुद्रा",
        "total": "total|invoice total|grand total|amount|total amount|gross|gross amount|total incl tax|gesamt|"
        "gesamtbetrag|rechnungsbetrag|brutto|bruttobetrag|summe|betrag|endbetrag|total ttc|montant|montant ttc|"
        "montant total|importe|importe total|valor total|valor|totale|importo|totaal|bedrag|kwota|kwota brutto|"
        "wartość brutto|belopp|celkem|částka|toplam|tutar|genel toplam|итого|сумма|всего|合計|金額|総額|合计|总额|金额|"
        "總額|합계|금액|الإجمالي|المبلغ|कुल|राशि|amount received|amount paid",
        "item": "item|item name|product|product name|article|service|position|artikel|produkt|leistung|bezeichnung|"
        "désignation|produit|article|artículo|producto|concepto|produto|articolo|prodotto|omschrijving|towar|"
        "nazwa towaru|vara|položka|ürün|mal hizmet|товар|наименование|услуга|номенклатура|品名|商品|商品名|品目|项目|"
        "产品|货物名称|품목|الصنف|البند|वस्तु|line item",
        "description": "description|particulars|details|memo|text|narration|beschreibung|buchungstext|libellé|descripción|detalle|"
        "descrição|descrizione|opis|popis|beskrivning|açıklama|описание|назначение|摘要|内容|説明|描述|说明|الوصف|"
        "البيان|विवरण",
        "quantity": "quantity|qty|qty.|units|count|pcs|hours|menge|anzahl|stück|stk|quantité|qté|cantidad|cant.|"
        "quantidade|qtd|quantità|q.tà|aantal|ilość|antal|množství|miktar|adet|количество|кол-во|кількість|数量|個数|"
        "수량|الكمية|मात्रा",
        "rate": "rate|price|unit price|unit cost|price per unit|net price|preis|einzelpreis|stückpreis|e-preis|prix|"
        "prix unitaire|pu ht|prix unitaire ht|precio|precio unitario|preço|preço unitário|prezzo|prezzo unitario|prijs|"
        "stukprijs|cena|cena netto|cena jednostkowa|pris|à-pris|cena za jednotku|fiyat|birim fiyat|цена|ціна|"
        "цена за единицу|単価|单价|單價|단가|السعر|سعر الوحدة|दर|मूल्य",
        "tax": "tax|tax name|tax code|vat|vat code|gst|steuer|steuersatz|mwst|ust|tva|taux tva|iva|tipo iva|imposto|"
        "aliquota|btw|vat rate|stawka vat|moms|dph|sazba dph|kdv|kdv oranı|ндс|ставка ндс|пдв|税|税率|消費税|税种|세금|"
        "الضريبة|कर|sales tax",
        "discount": "discount|rebate|rabatt|nachlass|remise|descuento|desconto|sconto|korting|sleva|iskonto|скидка|"
        "знижка|値引|割引|折扣|할인|الخصم|छूट",
        "line_total": "line total|line amount|item total|net amount|net|positionsbetrag|zeilensumme|nettobetrag|netto|"
        "montant ht|total ht|importe línea|importo riga|kwota netto|wartość netto|tutar satır|сумма строки|小計|小计",
        "notes": "notes|note|comment|remarks|notiz|notizen|bemerkung|anmerkung|remarque|commentaire|notas|observaciones|"
        "observações|opmerking|uwagi|poznámka|not|примечание|комментарий|備考|备注|備註|ملاحظات|टिप्पणी",
        "reference": "reference|reference number|ref|ref.|po number|po|purchase order|order ref|referenz|bestellnummer|"
        "ihr zeichen|référence|n° commande|referencia|pedido|referência|riferimento|referentie|referencja|referans|"
        "ссылка|основание|参照番号|注文番号|参考号|المرجع|संदर्भ|cheque no|transaction id",
        "account": "account|account name|ledger|category|konto|sachkonto|kategorie|compte|catégorie|cuenta|categoría|"
        "conta|conto|rekening|счет учета|статья|勘定科目|科目|会计科目|الحساب|खाता|expense account",
        "debit": "debit|dr|debit amount|soll|sollbetrag|débit|debe|débito|dare|debet|winien|дебет|借方|借方金额|مدين|नामे",
        "credit": "credit|cr|credit amount|haben|habenbetrag|crédit|haber|crédito|avere|creditor amount|ma|кредит|貸方|"
        "贷方|دائن|जमा",
        "name": "name|contact name|display name|customer name|item name|full name|anzeigename|nom|nombre|nome|naam|nazwa|"
        "namn|název|ad|ünvan|имя|название|наименование|名前|氏名|名称|名稱|이름|الاسم|नाम",
        "first_name": "first name|given name|vorname|prénom|nombre de pila|nome|имя|名",
        "last_name": "last name|surname|family name|nachname|nom de famille|apellido|apellidos|sobrenome|cognome|фамилия|姓",
        "phone": "phone|telephone|tel|tel.|phone number|telefon|telefonnummer|téléphone|teléfono|telefone|telefono|"
        "телефон|電話|電話番号|电话|전화|الهاتف|फ़ोन",
        "street": "street|address|street address|address line 1|straße|strasse|adresse|anschrift|rue|calle|dirección|"
        "rua|endereço|via|indirizzo|straat|ulica|adres|адрес|улица|住所|地址|주소|العنوان|पता",
        "city": "city|town|stadt|ort|ville|ciudad|cidade|città|plaats|miasto|město|şehir|город|市|市区町村|城市|المدينة|शहर",
        "zip": "zip|zip code|postal code|postcode|plz|postleitzahl|code postal|código postal|cep|cap|kod pocztowy|psč|"
        "posta kodu|индекс|почтовый индекс|郵便番号|邮编|우편번호|الرمز البريدي|पिन कोड",
        "country": "country|land|staat|pays|país|pais|paese|kraj|země|ülke|страна|国|国家|國家|국가|الدولة|देश",
        "company": "company|company name|firma|unternehmen|société|empresa|azienda|bedrijf|компания|организация|会社名|"
        "公司|회사|الشركة",
        "sku": "sku|item code|product code|article number|artikelnummer|art.-nr.|référence article|código|codice|"
        "artikelcode|kod|артикул|код|品番|商品コード|货号|상품코드|رمز الصنف",
        "payment_mode": "payment mode|payment method|method|zahlungsart|zahlungsweise|mode de paiement|forma de pago|"
        "forma de pagamento|metodo di pagamento|способ оплаты|支払方法|付款方式|طريقة الدفع",
        "invoice_paid": "invoice|invoice number|paid invoice|applied to|rechnung|rechnungsnummer|facture|factura|fattura|"
        "счет|請求書番号|发票号",
        "amount_applied": "amount applied|applied|applied amount|verrechnet|montant appliqué|importe aplicado",
    }
)

SYNONYMS: Mapping[str, frozenset[str]] = MappingProxyType(
    {role: frozenset(word.strip().casefold() for word in words.split("|")) for role, words in _WORDS.items()}
)
"""Role to the folded headings that mean it."""
