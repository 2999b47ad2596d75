using System.Collections.Frozen;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>The words before a number that say what the number is, in the languages that the detector knows.</summary>
internal static class ContextWords
{
    /// <summary>How many characters before a number are read.</summary>
    private const int Reach = 40;

    private const int MaxWords = 4;

    private static readonly FrozenSet<string> Phone = Words(
        "phone telephone tel mobile cell cellphone fax call whatsapp sms dial telefon handy handynummer mobil mobilnummer rufnummer telefonnummer anrufen "
        + "téléphone portable appeler appelez appelle teléfono móvil celular llamar llame llámame telefono cellulare chiamare chiamami "
        + "telefone telemóvel ligar ligue telefoon mobiel bellen komórka telefonu zadzwoń dzwoń komórkowy komórkę телефон телефону мобильный моб тел звоните позвоните");

    private static readonly FrozenSet<string> Code = Words(
        "order invoice ticket case reference ref customer account contract tracking serial sku isbn id build version bestellung rechnung auftrag "
        + "auftragsnummer bestellnummer rechnungsnummer kundennummer vorgang sendung commande facture référence dossier colis pedido factura referencia "
        + "expediente envío ordine fattura riferimento pratica spedizione encomenda fatura referência processo bestelling factuur zamówienie zamówienia "
        + "faktura faktury sprawa przesyłka заказ заказа счёт счет накладная договор");

    private static readonly FrozenSet<string> Version = Words(
        "version versions ver release build firmware section chapter clause versione versión versão wersja wersji версия версии версию versie sección "
        + "abschnitt kapitel chapitre capítulo capitolo rozdział раздел глава paragraph punkt punto ponto sektion");

    /// <summary>Whether the nearest known word before the number says that it is a phone number, or any other number.</summary>
    public static NumberContext Before(ReadOnlySpan<char> text, int at)
    {
        Span<char> word = stackalloc char[Reach];
        var (end, words) = (at, 0);
        while (words++ < MaxWords && Next(text, at, ref end, word, out var length))
        {
            if (Has(Phone, word[..length]))
                return NumberContext.Phone;
            if (Has(Code, word[..length]))
                return NumberContext.Code;
        }

        return NumberContext.None;
    }

    /// <summary>Whether the word right before the number says that it is the number of a version or chapter.</summary>
    public static bool PrecedeVersion(ReadOnlySpan<char> text, int at)
    {
        Span<char> word = stackalloc char[Reach];
        var end = at;
        return Next(text, at, ref end, word, out var length) && Has(Version, word[..length]);
    }

    /// <summary>Reads the word before an index, in lower case. The end of a sentence or a line ends the search.</summary>
    private static bool Next(ReadOnlySpan<char> text, int at, ref int end, Span<char> word, out int length)
    {
        length = 0;
        var earliest = Math.Max(0, at - Reach);
        while (end > earliest && !char.IsLetter(text[end - 1]))
        {
            if (text[--end] is '\n' or ';' or '!' or '?' || char.IsAsciiDigit(text[end]))
                return false;
        }

        var start = end;
        while (start > earliest && char.IsLetter(text[start - 1]))
            start--;
        if (start == end || (start == earliest && start > 0))
            return false;
        length = text[start..end].ToLowerInvariant(word);
        end = start;
        return length > 0;
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static bool Has(FrozenSet<string> words, ReadOnlySpan<char> word) => words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}

/// <summary>The meaning of a number by the words before it.</summary>
internal enum NumberContext
{
    None,
    Phone,

    /// <summary>The number of an order, an invoice or the like.</summary>
    Code,
}
