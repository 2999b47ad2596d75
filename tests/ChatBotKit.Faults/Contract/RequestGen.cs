using CsCheck;

namespace ChatBotKit.Faults.Contract;

/// <summary>Generates requests for one operation: valid, almost valid and hostile ones.</summary>
/// <param name="description">The description with the schemas.</param>
/// <param name="operation">The operation.</param>
/// <param name="accounts">The callers, and the ids to choose from.</param>
internal sealed class RequestGen(ApiDescription description, DescribedOperation operation, Accounts accounts) : Gen<FuzzRequest>
{
    private static readonly string[] FileTypes = ["text/plain", "application/octet-stream", "image/png; x=\"y\"", "/", "text/plain\u00e9"];

    private static readonly string[] OtherTypes =
        ["text/plain", "application/json; charset=utf-16", "application/problem+json", "json", "multipart/form-data", "", "application/x-www-form-urlencoded"];

    public override FuzzRequest Generate(PCG pcg, Size? min, out Size size)
    {
        size = new Size(0);
        var dice = new Dice(pcg);
        var isGood = dice.Chance(55);
        var path = new PathMaker(operation, accounts, dice, isGood ? 4 : 35).Make();
        var caller = new CallerMaker(accounts, dice).Make(isGood);
        var verb = isGood || dice.Chance(95) ? operation.Verb : dice.Pick("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
        var prefix = dice.Chance(80) ? "/api/v1" : "/v1";
        var (body, contentType) = verb == "GET" || verb == "HEAD" ? (null, null) : MakeBody(dice, isGood);
        var headers = new HeaderMaker(operation, accounts, dice).Make(isGood, contentType);
        if (caller.Credential is not null)
            headers.Add(new("Authorization", caller.Credential));
        if (caller.RunAs is not null)
            headers.Add(new("X-RunAs-User-Id", caller.RunAs));
        var mustFail = path.MustFail ?? (operation.IsAnonymous ? null : caller.MustFail);
        return new FuzzRequest(
            operation, verb, prefix + path.Text["/api/v1".Length..], headers, body, contentType, IsChunked: dice.Chance(10), mustFail);
    }

    private (byte[]? Body, string? ContentType) MakeBody(Dice dice, bool isGood)
    {
        if (operation.Bodies.Count == 0 || dice.Chance(isGood ? 0 : 3))
            return (null, null);
        var (type, schema) = dice.Pick([.. operation.Bodies]);
        if (type == "application/octet-stream")
            return (dice.Bytes(dice.Pick(0, 1, 20, 1000, isGood ? 20 : 300_000)), dice.Pick(FileTypes));
        if (type == "multipart/form-data")
            return new FormMaker(dice).Make(isGood);
        if (type is "application/jsonl" or "text/csv")
            return (new RowsMaker(dice).Make(type, isGood), isGood || dice.Chance(85) ? type : dice.Pick(OtherTypes));
        var values = new ValueMaker(description, accounts.Own, dice);
        var body = new Damage(values, accounts.AllIds, dice).Write(values.Make(schema), !isGood);
        if (!isGood && dice.Chance(2))
            body = new byte[100_000];
        return (body, isGood || dice.Chance(85) ? "application/json" : dice.Pick(OtherTypes));
    }
}
