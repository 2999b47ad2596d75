using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Contract;

/// <summary>Two conversations of an account with data of every kind. Requests use their ids.</summary>
internal sealed record World
{
    public required string ConversationId { get; init; }

    public required string MessageId { get; init; }

    public required string RunId { get; init; }

    public required string ContactId { get; init; }

    public required string SessionId { get; init; }

    public required string SessionToken { get; init; }

    /// <summary>The kinds that need only a name.</summary>
    private static readonly string[] Kinds = ["blueprint", "bot", "dataset", "file", "secret", "skillset", "space", "task"];

    private static readonly string[] IntegrationKinds =
    [
        "discord", "email", "extract", "googlechat", "instagram", "mcpserver", "messenger", "microsoftteams", "notion", "sitemap", "skillserver",
        "slack", "support", "telegram", "trigger", "twilio", "whatsapp", "widget",
    ];

    /// <summary>A stored file, and the token to read it.</summary>
    public required (string Name, string Token) File { get; init; }

    /// <summary>An announced file, and the token to upload it.</summary>
    public required (string Name, string Token) Announced { get; init; }

    /// <summary>A resource of each simple kind, by the parameter with its id.</summary>
    public required IReadOnlyDictionary<string, string> Resources { get; init; }

    /// <summary>The account's other conversation; null in that one itself.</summary>
    public World? Other { get; init; }

    public string ChannelId => $"channel-of-{ConversationId}";

    /// <param name="client">A client of the account.</param>
    /// <param name="mark">The mark in all texts.</param>
    /// <param name="cancellationToken">The token that cancels the creation.</param>
    public static async Task<World> MakeAsync(HttpClient client, string mark, CancellationToken cancellationToken) =>
        await MakeOneAsync(client, mark, cancellationToken) with { Other = await MakeOneAsync(client, mark, cancellationToken) };

    /// <summary>Returns the id for a parameter with this name.</summary>
    public string IdOf(string parameter) => parameter switch
    {
        "messageId" => MessageId,
        "runId" => RunId,
        "contactId" => ContactId,
        "sessionId" => SessionId,
        "channelId" => ChannelId,
        "name" => File.Name,
        _ => Resources.GetValueOrDefault(parameter, ConversationId),
    };

    private static async Task<World> MakeOneAsync(HttpClient client, string mark, CancellationToken cancellationToken)
    {
        var conversation = await PostAsync(client, "conversation/create", $$"""{"name":"{{mark}}","description":"{{mark}}","backstory":"{{mark}}","meta":{"mark":"{{mark}}"} }""", cancellationToken);
        var at = (string)conversation["id"]!;
        var message = await PostAsync(client, $"conversation/{at}/message/create", $$"""{"type":"user","text":"{{mark}}","meta":{"mark":"{{mark}}"} }""", cancellationToken);
        var contact = await PostAsync(client, $"conversation/{at}/contact/upsert", $$"""{"fingerprint":"finger-of-{{at}}","name":"{{mark}}"}""", cancellationToken);
        var session = await PostAsync(client, $"conversation/{at}/session/create", """{"durationInSeconds":86400}""", cancellationToken);
        var file = await PostAsync(client, $"conversation/{at}/attachment/upload", $$"""{"file":"data:text/plain,{{mark}}"}""", cancellationToken);
        var announced = await PostAsync(client, $"conversation/{at}/attachment/upload", """{"file":{"name":"later.txt","type":"text/plain","size":20}}""", cancellationToken);
        return new World
        {
            ConversationId = at,
            MessageId = (string)message["id"]!,
            RunId = await RunAsync(client, at, mark, cancellationToken),
            ContactId = (string)contact["id"]!,
            SessionId = (string)session["sessionId"]!,
            SessionToken = (string)session["token"]!,
            Resources = await ResourcesAsync(client, mark, cancellationToken),
            File = ((string)file["name"]!, TokenOf(file["downloadRequest"])),
            Announced = ((string)announced["name"]!, TokenOf(announced["uploadRequest"])),
        };
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, string body, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync($"/api/v1/{path}", Json(body), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    private static async Task<IReadOnlyDictionary<string, string>> ResourcesAsync(HttpClient client, string mark, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>();
        var body = $$"""{"name":"{{mark}}","description":"{{mark}}","meta":{"mark":"{{mark}}"} }""";
        foreach (var kind in Kinds)
            ids[$"{kind}Id"] = await CreateAsync(kind, body);
        foreach (var kind in IntegrationKinds)
            ids[$"{kind}IntegrationId"] = await CreateAsync($"integration/{kind}", body);
        // The value must be unique on the server.
        var label = $"w{Guid.NewGuid():N}"[..20];
        ids["memoryId"] = await CreateAsync("memory", $$"""{"text":"{{mark}}","name":"{{mark}}"}""");
        ids["policyId"] = await CreateAsync("policy", $$"""{"type":"retention","name":"{{mark}}"}""");
        ids["portalId"] = await CreateAsync("portal", $$"""{"slug":"{{label}}","name":"{{mark}}"}""");
        ids["abilityId"] = await CreateAsync($"skillset/{ids["skillsetId"]}/ability", body);
        ids["siteId"] = await CreateAsync($"space/{ids["spaceId"]}/site", $$"""{"domain":"{{label}}","name":"{{mark}}"}""");
        ids["userId"] = await CreateAsync("partner/user", body);
        ids["contextId"] = await CreateAsync($"partner/user/{ids["userId"]}/context", body);
        ids["tokenId"] = await CreateAsync($"partner/user/{ids["userId"]}/token", body);
        return ids;

        async Task<string> CreateAsync(string path, string json) => (string)(await PostAsync(client, $"{path}/create", json, cancellationToken))["id"]!;
    }

    private static async Task<string> RunAsync(HttpClient client, string conversationId, string mark, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync(
            $"/api/v1/conversation/{conversationId}/complete", Json($$"""{"text":"{{mark}}"}"""), cancellationToken);
        return answer.EnsureSuccessStatusCode().Headers.GetValues("X-Run-Id").Single();
    }

    private static StringContent Json(string body) => new(body, MediaTypeHeaderValue.Parse("application/json"));

    private static string TokenOf(JsonNode? request) => ((string)request!["url"]!).Split("token=")[1].Split('&')[0];
}
