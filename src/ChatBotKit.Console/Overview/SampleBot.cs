namespace ChatBotKit.AdminConsole.Overview;

/// <summary>The texts of the sample bot.</summary>
internal static class SampleBot
{
    public const string Backstory = """
        You answer the questions of the customers of a small flower shop. Be friendly and brief. Use only what the knowledge of the shop
        says; when it does not say it, offer to ask the florist.
        """;

    public static readonly string[] Texts =
    [
        "Opening hours: the shop is open from Monday to Friday from 9:00 to 18:00, and on Saturday from 9:00 to 14:00. It is closed on Sunday and on public holidays.",
        "Delivery: we deliver within the city on the same day when you order before 13:00. Delivery costs 6 euros; orders above 60 euros are delivered for free. We do not deliver on Sunday.",
        "Care of roses: cut the stems at an angle, change the water every two days, and keep the vase away from the sun and from fruit. Our roses stay fresh for at least seven days.",
        "Bouquets: a small bouquet costs 18 euros, a medium one 29 euros, and a large one 45 euros. For weddings we make an offer after a conversation of half an hour in the shop.",
        "Returns: if flowers arrive damaged, send us a picture within 24 hours, and we deliver new ones on the next working day.",
    ];
}
