namespace ChatBotKit.Bench.Privacy;

/// <summary>The sentences of the synthetic set. A slot in braces is filled; the values of those in capitals are no personal data.</summary>
internal static class Sentences
{
    /// <summary>The languages, with the countries whose phone numbers are written without a country code.</summary>
    public static readonly IReadOnlyList<(string Language, string[] Regions, string[] Templates)> All =
    [
        ("en", ["US", "GB"],
        [
            "Hi, I am {name} and my email is {email}.", "Please call me back on {phone} after {TIME}.", "You can reach {name} at {phone} or {email}.",
            "I paid with card {card} on {DATE}, order {ORDER}.", "Refund it to {iban}, please.", "The login came from {ip} at {TIME}.",
            "My phone number is {phone}.", "Send the invoice {ORDER} to {email}; the amount is {AMOUNT}.", "Our account is {iban}, the total is {AMOUNT}.",
            "Order number {ORDER} has not arrived since {DATE}.", "It happens with version {VERSION}, commit {HASH}.",
            "The tracking number is {ORDER}, and the device id {UUID}.", "{AMOUNT} were charged twice on {DATE} at {TIME}.",
            "The book with ISBN {ISBN} costs {AMOUNT}.", "The request {UUID} failed on {MAC} with code {NUMBER}.",
        ]),
        ("de", ["DE"],
        [
            "Guten Tag, mein Name ist {name}, meine Adresse ist {email}.", "Bitte rufen Sie mich unter {phone} an.", "Meine Handynummer: {phone}",
            "Die Zahlung mit der Karte {card} wurde am {DATE} abgelehnt.", "Bitte überweisen Sie auf {iban}.", "Der Zugriff kam von {ip} um {TIME} Uhr.",
            "Tel. {phone}, E-Mail {email}", "Erstattung bitte auf das Konto {iban} von {name}.",
            "Meine Bestellnummer ist {ORDER} vom {DATE}.", "Rechnung {ORDER} über {AMOUNT} ist noch offen.", "Seit Version {VERSION} geht es nicht mehr ({HASH}).",
            "Die Sendung {ORDER} wurde am {DATE} um {TIME} zugestellt.", "Fehler {NUMBER} im Vorgang {UUID}.",
        ]),
        ("fr", ["FR"],
        [
            "Bonjour, je suis {name} et mon adresse est {email}.", "Vous pouvez m'appeler au {phone}.", "Mon téléphone : {phone}",
            "J'ai payé avec la carte {card} le {DATE}.", "Merci de rembourser sur le compte {iban}.", "La connexion vient de {ip} à {TIME}.",
            "Contactez {name} par mail ({email}) ou au {phone}.",
            "Ma commande {ORDER} du {DATE} n'est pas arrivée.", "La facture {ORDER} est de {AMOUNT}.", "Depuis la version {VERSION}, l'erreur {NUMBER} revient.",
            "Le colis {ORDER} a été livré le {DATE} à {TIME}.", "La requête {UUID} a échoué ({HASH}).",
        ]),
        ("es", ["ES", "MX"],
        [
            "Hola, soy {name} y mi correo es {email}.", "Llámame al {phone}, por favor.", "Mi móvil es {phone}.",
            "Pagué con la tarjeta {card} el {DATE}.", "Devuelvan el dinero a {iban}.", "El acceso fue desde {ip} a las {TIME}.",
            "Escriba a {email} o llame al {phone}.",
            "El pedido {ORDER} del {DATE} no ha llegado.", "La factura {ORDER} es de {AMOUNT}.", "Con la versión {VERSION} sale el error {NUMBER}.",
            "El envío {ORDER} se entregó a las {TIME}.", "El proceso {UUID} terminó con {HASH}.",
        ]),
        ("it", ["IT"],
        [
            "Buongiorno, sono {name}, la mia email è {email}.", "Mi chiami al {phone}, grazie.", "Il mio cellulare è {phone}.",
            "Ho pagato con la carta {card} il {DATE}.", "Rimborso su {iban}, intestato a {name}.", "L'accesso arriva da {ip} alle {TIME}.",
            "Telefono {phone}, email {email}.",
            "L'ordine {ORDER} del {DATE} non è arrivato.", "La fattura {ORDER} è di {AMOUNT}.", "Dalla versione {VERSION} c'è l'errore {NUMBER}.",
            "La spedizione {ORDER} è stata consegnata alle {TIME}.", "La richiesta {UUID} è fallita ({HASH}).",
        ]),
        ("pt", ["PT", "BR"],
        [
            "Olá, eu sou {name} e o meu email é {email}.", "Pode ligar para {phone}.", "O meu telemóvel é {phone}.",
            "Paguei com o cartão {card} em {DATE}.", "Devolvam para {iban}, por favor.", "O acesso veio de {ip} às {TIME}.",
            "Telefone {phone} ou {email}.",
            "A encomenda {ORDER} de {DATE} não chegou.", "A fatura {ORDER} é de {AMOUNT}.", "Desde a versão {VERSION} aparece o erro {NUMBER}.",
            "O processo {UUID} falhou às {TIME}.", "O código é {HASH}.",
        ]),
        ("pl", ["PL"],
        [
            "Dzień dobry, nazywam się {name}, mój adres to {email}.", "Proszę zadzwonić pod {phone}.", "Mój numer telefonu to {phone}.",
            "Zapłaciłem kartą {card} dnia {DATE}.", "Proszę o zwrot na konto {iban}.", "Logowanie z adresu {ip} o {TIME}.",
            "Tel. {phone}, email {email}.",
            "Zamówienie {ORDER} z {DATE} nie dotarło.", "Faktura {ORDER} na {AMOUNT} jest nieopłacona.", "Od wersji {VERSION} pojawia się błąd {NUMBER}.",
            "Przesyłka {ORDER} dotarła o {TIME}.", "Sprawa {UUID}, skrót {HASH}.",
        ]),
        ("ru", ["RU"],
        [
            "Здравствуйте, меня зовут {name}, моя почта {email}.", "Позвоните мне по номеру {phone}.", "Мой телефон {phone}.",
            "Я платил картой {card} {DATE}.", "Верните деньги на {iban}.", "Вход был с адреса {ip} в {TIME}.",
            "Тел. {phone}, почта {email}.",
            "Заказ {ORDER} от {DATE} не пришёл.", "Счёт {ORDER} на {AMOUNT} не оплачен.", "С версии {VERSION} есть ошибка {NUMBER}.",
            "Заявка {UUID} закрыта в {TIME}.", "Хеш сборки {HASH}.",
        ]),
    ];

    public static readonly IReadOnlyDictionary<string, string[]> Names = new Dictionary<string, string[]>
    {
        ["en"] = ["Alice Morgan", "Tom O'Brien", "Priya Patel", "J. R. Baker", "Grace Hill"],
        ["de"] = ["Jürgen Müller", "Anna-Lena Schäfer", "Uwe Groß", "Sabine Vogel"],
        ["fr"] = ["Hélène Dupont", "Jean-Luc Moreau", "Zoé Lefèvre", "Marc Petit"],
        ["es"] = ["María José Núñez", "Íñigo Pérez", "Lucía Gómez", "Raúl Ortega"],
        ["it"] = ["Giulia Rossi", "Niccolò Bianchi", "Sara D'Angelo", "Luca Conti"],
        ["pt"] = ["João Gonçalves", "Inês Araújo", "Rui Simões", "Ana Beatriz Costa"],
        ["pl"] = ["Łukasz Wiśniewski", "Małgorzata Wójcik", "Jan Żak", "Ewa Król"],
        ["ru"] = ["Анна Иванова", "Пётр Смирнов", "Ольга Кузнецова", "Илья Волков"],
    };
}
