namespace ChatBotKit.Faults.Contract;

/// <summary>Generates a path and its query.</summary>
/// <param name="operation">The operation.</param>
/// <param name="accounts">The ids to choose from.</param>
/// <param name="dice">The random decisions.</param>
/// <param name="odd">The percentage of ids that do not belong to the caller.</param>
internal sealed class PathMaker(DescribedOperation operation, Accounts accounts, Dice dice, int odd)
{
    private const string UnknownId = "a1b2c3d4e5f6a7b8c9d0e1f2";

    private static readonly string[] OddPieces =
        ["%2F", "..%2f..", "%00", "%20", "%FF", "%F0%9F%8C%B7", "a%2Fb", "%25", "~", "null", "*", "%0D%0A", new('a', 300), new('b', 3000)];

    private static readonly string[] OddQueries =
        ["&&&", "x", "take=%", "cursor=%FF", "meta[", "meta[]=1", "meta.=1", "take=1&take=2", "%00=1", "=", "?"];

    private static readonly string[] MetaNames =
    [
        "meta[mark]", "meta.mark", "meta.a.b", "meta[a%22b]", "meta.%00", "meta.%5C", "meta[ключ]", "meta.a..b", "meta[$]", "meta.{0}", "meta['x']",
    ];

    private readonly bool _isAnnounced = operation.Id == "putConversationAttachment";

    private string? _mustFail;

    /// <returns>The path and query, and the reason why the request must fail; null when it may succeed.</returns>
    public (string Text, string? MustFail) Make()
    {
        // The ids of a path belong together, unless one of them is replaced.
        var path = string.Join('/', operation.Path.Split('/').Select(segment =>
            segment.StartsWith('{') ? Segment(segment[1..^1]) : segment));
        return (path + Query(), _mustFail);
    }

    private string Segment(string name)
    {
        // Keys, due work and API tokens belong to the server, except the tokens of users. Names of channels are scoped by the caller.
        if (name == "keyId")
            return dice.Chance(100 - odd) ? dice.Pick(accounts.KeyIds) : dice.Pick([UnknownId, .. OddPieces]);
        if (name == "tokenId" && !operation.Path.Contains("{userId}", StringComparison.Ordinal))
            return dice.Chance(100 - odd) ? accounts.SpareTokenId : dice.Pick([UnknownId, .. OddPieces]);
        if (name == "workId")
            return dice.Chance(100 - odd) ? dice.Pick([accounts.WorkId, "retention.server"]) : dice.Pick([UnknownId, .. OddPieces]);
        if (name == "secretId" && operation.Path.Contains("/contact/", StringComparison.Ordinal))
            name = World.PersonalSecret;
        if (!dice.Chance(odd))
            return IdOf(accounts.Own, name);
        switch (dice.Below(4))
        {
            // Everybody may begin a session with a widget.
            case 0 when name is not ("channelId" or "path") && !World.IsOfTheServer(name) && operation.Id != "createWidgetIntegrationSession":
                _mustFail = $"{name} is another account's";
                return IdOf(accounts.Foreign, name);
            case 1 when name is "messageId" or "runId" or "sessionId" or "name":
                _mustFail = $"{name} is another conversation's";
                return IdOf(accounts.Own.Other!, name);
            case 2:
                return UnknownId;
            default:
                return dice.Pick(OddPieces);
        }
    }

    private string IdOf(World world, string name) => Uri.EscapeDataString(name switch
    {
        "name" when _isAnnounced => world.Announced.Name,
        "path" when operation.Id == "listSpaceStoragePath" => World.StoredFolder,
        _ => world.IdOf(name),
    });

    private string Query()
    {
        var parts = new List<string>();
        foreach (var parameter in operation.Parameters.Where(one => one.Place == "query"))
        {
            if (parameter.Name == "token")
                parts.Add($"token={Uri.EscapeDataString(SignedToken())}");
            else if (dice.Chance(parameter.Name == "meta" ? 15 : 25))
                parts.Add($"{Name(parameter)}={Uri.EscapeDataString(Value(parameter))}");
        }

        if (dice.Chance(odd / 5))
            parts.Add(dice.Pick(OddQueries));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private string SignedToken()
    {
        var own = accounts.Own;
        var (token, other) = operation.Id switch
        {
            "downloadFile" => (own.ContentToken, own.AnnouncedContentToken),
            "downloadSpaceStoragePath" => (own.StoredToken, own.AnnouncedStored.Token),
            "putSpaceStorageContent" => (own.AnnouncedStored.Token, own.StoredToken),
            "putFile" => (own.AnnouncedContentToken, own.ContentToken),
            _ when _isAnnounced => (own.Announced.Token, own.File.Token),
            _ => (own.File.Token, own.Announced.Token),
        };
        return dice.Chance(odd / 2) ? dice.Pick("", token[..^1], token + "x", other, "\0") : token;
    }

    private string Name(DescribedParameter parameter) => parameter.Name != "meta"
        ? parameter.Name
        : dice.Pick(MetaNames);

    private string Value(DescribedParameter parameter)
    {
        if (dice.Chance(odd))
            return ForUrl(dice.Chance(50) ? dice.Pick(accounts.AllIds) : dice.OddText());
        return parameter.Name switch
        {
            "take" => dice.Pick("1", "2", "100", "101", "0", "-1", "1e9", "1.5"),
            "order" => dice.Pick("asc", "desc"),
            "cursor" => dice.Pick(accounts.AllIds),
            "after" => dice.Pick("0", "1", "3", "999999999999"),
            "from" or "to" => dice.Pick("2026-01-01", "2020-02-29T23:59:59.999Z", "0001-01-01", "9999-12-31"),
            "type" or "status" or "state" when parameter.Schema["enum"] is { } choices => (string)dice.Pick([.. choices.AsArray()])!,
            var name => name.EndsWith("Id", StringComparison.Ordinal) ? accounts.Own.IdOf(name) : "1",
        };
    }

    /// <summary>The request line has a maximum length, and can't contain an unpaired surrogate.</summary>
    private static string ForUrl(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)).Take(400));
}
