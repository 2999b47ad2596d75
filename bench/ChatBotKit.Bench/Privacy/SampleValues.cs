using System.Globalization;
using PhoneNumbers;

namespace ChatBotKit.Bench.Privacy;

/// <summary>Makes the values of the synthetic set: valid numbers of many countries, and numbers that only look like them.</summary>
internal sealed class SampleValues(Random random)
{
    private static readonly string[] Regions =
    [
        "US", "GB", "DE", "FR", "ES", "IT", "PT", "PL", "RU", "NL", "BE", "CH", "AT", "SE", "NO", "DK", "FI", "CZ", "GR", "TR", "UA", "IE", "HU", "RO",
        "BR", "MX", "AR", "CL", "CO", "CA", "AU", "NZ", "JP", "KR", "CN", "IN", "ID", "SG", "ZA", "NG", "EG", "IL", "AE", "SA",
    ];

    /// <summary>The countries of IBANs, with the digits (9) and letters (A) after their check digits.</summary>
    private static readonly string[] Ibans =
    [
        "DE999999999999999999", "GBAAAA99999999999999", "FR9999999999999999A999999", "ES99999999999999999999", "ITA9999999999AA9999999999",
        "PT999999999999999999999", "PL999999999999999999999999", "NLAAAA9999999999", "BE999999999999", "CH99999AA9999999999", "AT9999999999999999",
        "SE99999999999999999999", "NO99999999999", "DK99999999999999", "FI99999999999999", "CZ99999999999999999999", "GR9999999AAAA999999999999",
        "IEAAAA99999999999999", "HU999999999999999999999999", "ROAAAA9A9A999A999A99AA", "BR99999999999999999999999A9", "TR999999AA99999999999999",
        "AE9999999999999999999", "SA99AA9999999999999999", "LU999AA99999999999", "HR99999999999999999", "SI999999999999999", "EE9999999999999999",
        "LVAAAA9999999999999", "MTAAAA99999999999999999999999",
    ];

    private static readonly (string Prefix, int Length)[] Cards =
    [
        ("4", 16), ("4", 13), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16), ("644", 16),
        ("300", 14), ("36", 14), ("38", 14), ("3528", 16), ("3589", 16), ("62", 16), ("2200", 16), ("5018", 16), ("6304", 16),
    ];

    private static readonly string[] Domains = ["example.com", "mail.example.org", "firma-nord.de", "exemple.fr", "ejemplo.es", "example.co.uk", "почта.рф", "a1.io"];

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    public string Email()
    {
        string[] locals = ["jane.doe", "j_smith+news", "info", "müller", "o'neil", "x", "anna-lena.1984", "Support.Team", "иван"];
        return $"{Pick(locals)}{(random.Next(3) == 0 ? random.Next(99) : "")}@{Pick(Domains)}";
    }

    /// <summary>A phone number: of any country with its code, or of a country of the language without it.</summary>
    public string Phone(string[] local)
    {
        var isLocal = random.Next(2) == 0;
        var number = Valid(isLocal ? Pick(local) : Pick(Regions));
        var written = Phones.Format(number, isLocal ? PhoneNumberFormat.NATIONAL : random.Next(3) == 0 ? PhoneNumberFormat.E164 : PhoneNumberFormat.INTERNATIONAL);
        return random.Next(4) switch
        {
            0 when !isLocal => written.Replace("+", "00", StringComparison.Ordinal),
            1 => written.Replace(' ', '-'),
            2 when written[0] != '(' => written.Replace(' ', '.'),
            _ => written,
        };
    }

    public string Iban()
    {
        var form = Pick(Ibans);
        var account = string.Concat(form[2..].Select(sign => sign == '9' ? Digit() : (char)('A' + random.Next(26))));
        var rest = 0;
        foreach (var sign in $"{account}{form[..2]}00")
            rest = char.IsAsciiDigit(sign) ? ((rest * 10) + sign - '0') % 97 : ((rest * 100) + sign - 'A' + 10) % 97;
        var number = $"{form[..2]}{98 - rest:00}{account}";
        return random.Next(2) == 0 ? number : string.Join(' ', number.Chunk(4).Select(chunk => new string(chunk)));
    }

    public string Card() => Grouped(Luhn(Pick(Cards), isRight: true));

    public string Ip() => random.Next(3) switch
    {
        0 => $"2001:db8:{random.Next(0x10000):x}::{random.Next(0x10000):x}:{random.Next(0x10000):x}",
        _ => $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}",
    };

    public string Order() => random.Next(7) switch
    {
        0 => Digits(8),
        1 => Digits(10),
        2 => $"ORD-2024-{Digits(6)}",
        3 => $"{Digits(3)}-{Digits(7)}-{Digits(7)}",
        4 => $"1Z999AA1{Digits(10)}",
        5 => Grouped(Luhn(Pick(Cards), isRight: false)),
        _ => $"{Digits(3)}-{Digits(3)}-{Digits(4)}",
    };

    public string Date()
    {
        var day = new DateTime(2015, 1, 1).AddDays(random.Next(4_000));
        return day.ToString(Pick("dd.MM.yyyy", "yyyy-MM-dd", "MM/dd/yyyy", "d.M.yyyy", "dd-MM-yyyy", "yyyy-MM-dd HH:mm:ss"), CultureInfo.InvariantCulture);
    }

    public string Time() => $"{random.Next(24):00}:{random.Next(60):00}{(random.Next(3) == 0 ? $":{random.Next(60):00}" : "")}";

    public string Version() => $"{(random.Next(3) == 0 ? "v" : "")}{random.Next(20)}.{random.Next(40)}.{random.Next(90)}{(random.Next(2) == 0 ? $".{random.Next(250)}" : "")}";

    public string Hash() => string.Concat(Enumerable.Range(0, Pick(7, 32, 40, 64)).Select(_ => "0123456789abcdef"[random.Next(16)]));

    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";

    public string Isbn() => $"978-{random.Next(10)}-{Digits(2)}-{Digits(6)}-{random.Next(10)}";

    public string Amount() => Pick($"{Digits(1)}.{Digits(3)},{Digits(2)} €", $"${Digits(1)},{Digits(3)}.{Digits(2)}", $"{Digits(3)} EUR", $"{Digits(2)}.{Digits(2)}");

    public string Mac() => string.Join(':', Enumerable.Range(0, 6).Select(_ => Hex(2)));

    public string Number() => Digits(random.Next(3, 9));

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>An example number of a country with other last digits, as long as it is valid.</summary>
    private PhoneNumber Valid(string region)
    {
        var example = Phones.GetExampleNumberForType(region, random.Next(2) == 0 ? PhoneNumberType.MOBILE : PhoneNumberType.FIXED_LINE);
        for (var tries = 0; tries < 20; tries++)
        {
            var other = new PhoneNumber.Builder().MergeFrom(example)
                .SetNationalNumber((example.NationalNumber / 10_000 * 10_000) + (ulong)random.Next(10_000)).Build();
            if (Phones.IsValidNumber(other))
                return other;
        }

        return example;
    }

    private string Luhn((string Prefix, int Length) card, bool isRight)
    {
        var body = card.Prefix + Digits(card.Length - card.Prefix.Length - 1);
        var sum = body.Reverse().Select((sign, place) => place % 2 == 0 ? (sign - '0') * 2 % 10 + ((sign - '0') * 2 / 10) : sign - '0').Sum();
        return body + (((10 - (sum % 10)) + (isRight ? 0 : random.Next(1, 10))) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private string Grouped(string number)
    {
        var separator = Pick("", " ", "-");
        if (separator.Length == 0 || number.Length == 13)
            return number;
        return number.Length == 16
            ? string.Join(separator, number.Chunk(4).Select(chunk => new string(chunk)))
            : $"{number[..4]}{separator}{number[4..10]}{separator}{number[10..]}";
    }

    private char Digit() => (char)('0' + random.Next(10));

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(place => place == 0 ? (char)('1' + random.Next(9)) : Digit()));

    private string Hex(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => "0123456789abcdef"[random.Next(16)]));
}
