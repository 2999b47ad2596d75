namespace ChatBotKit.Faults.Contract;

/// <summary>Generates the headers besides the credential.</summary>
internal sealed class HeaderMaker(DescribedOperation operation, Accounts accounts, Dice dice)
{
    private static readonly string[] Accepts =
    [
        "application/json", "application/jsonl", "application/x-ndjson", "text/event-stream", "text/csv", "*/*",
        "application/jsonl, text/event-stream;q=0.5", "APPLICATION/JSON;q=0", "text/html", ",", ";", "application/*", "",
    ];

    public List<KeyValuePair<string, string>> Make(bool isGood, string? contentType)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (dice.Chance(60))
            headers.Add(new("Accept", isGood ? dice.Pick([.. operation.Answers.Keys, "*/*"]) : dice.Pick(Accepts)));
        if (dice.Chance(10))
            headers.Add(new("Idempotency-Key", isGood ? $"key-{dice.Below(1_000_000)}" : dice.Pick("k", $"key-{dice.Below(3)}", "", "a b", new string('k', 255), new string('k', 256), "\u00e9")));
        if (dice.Chance(5))
            headers.Add(new("X-Timezone", isGood ? "Europe/Sofia" : dice.Pick("Mars/Base", "", "../../etc/passwd", "\u00e9")));
        if (dice.Chance(5))
            headers.Add(new("Last-Event-ID", isGood ? "1" : dice.Pick("-1", "x", "99999999999999999999", "", accounts.Foreign.RunId)));
        if (dice.Chance(5))
            headers.Add(new("Origin", isGood ? "https://shop.example" : dice.Pick("null", "https://evil.example", "x", "\u00e9")));
        if (!isGood && dice.Chance(5))
            headers.Add(new("X-RunAs-Child-User-Email", dice.Pick("a@b.example", "", "\u00e9")));
        if (!isGood && dice.Chance(5))
            headers.Add(new("X-Forwarded-For", dice.Pick("1.2.3.4", "x, y", "\u00e9")));
        if (!isGood && dice.Chance(5))
            headers.Add(new("Range", dice.Pick("bytes=0-1", "bytes=5-1", "bytes=999-", "lines=1", "bytes=0-0,2-3")));
        if (!isGood && contentType is not null && dice.Chance(3))
            headers.Add(new("Content-Encoding", dice.Pick("gzip", "br", "identity")));
        if (!isGood && dice.Chance(3))
            headers.Add(new("Expect", "100-continue"));
        return headers;
    }
}
