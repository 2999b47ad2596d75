namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>Abilities to begin with. Each works on a new server, apart from the order, whose address and secret are placeholders.</summary>
internal static class AbilityExamples
{
    /// <summary>The examples by the name that the address of a form has.</summary>
    public static readonly OrderedDictionary<string, AbilityFields> All = new(StringComparer.Ordinal)
    {
        ["page"] = new("Read a page", "Reads a page of the web. Call it when the user gives an address, or asks what a page says.", "@fetch/text/get", null, IsEnabled: true),
        ["time"] = new("Time", "Tells the current date and time. Call it before you say when something is open or due.", "!time.now {timezone: Europe/Berlin}", null, IsEnabled: true),
        ["sum"] = new("Calculate", "Calculates an expression. Call it for every calculation, also for simple ones.", "@math/evaluate", null, IsEnabled: true),
        ["order"] = new(
            "Order",
            "Looks up an order in the shop. Call it when a customer asks about an order and has given its number.",
            """
            ```fetch
            url: https://shop.example/api/orders/$[number! |number of the order]
            headers:
              Authorization: ${SECRET_DEFAULT}
            ```
            """,
            null,
            IsEnabled: true),
    };
}
