using System.Text.Json;
using ChatBotKit.Server.Tests;

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

    /// <summary>The token to read the content of the file resource.</summary>
    public required string ContentToken { get; init; }

    /// <summary>The token to upload an announced content of the file resource.</summary>
    public required string AnnouncedContentToken { get; init; }

    /// <summary>The token to read the file of the space.</summary>
    public required string StoredToken { get; init; }

    /// <summary>The announced file of the space, and the token to upload it.</summary>
    public required (string ContentId, string Token) AnnouncedStored { get; init; }

    /// <summary>A resource of each simple kind, by the parameter with its id.</summary>
    public required IReadOnlyDictionary<string, string> Resources { get; init; }

    /// <summary>The account's other conversation; null in that one itself.</summary>
    public World? Other { get; init; }

    /// <summary>The parameter with the id of a secret for which the contact has a value.</summary>
    public const string PersonalSecret = "personalSecretId";

    /// <summary>The path of the file of the space.</summary>
    public const string StoredPath = "a.txt";

    /// <summary>The path of the folder of the space.</summary>
    public const string StoredFolder = "docs";

    /// <summary>The entries of the server's catalogues, by the parameters of their paths.</summary>
    private static readonly (string Parameter, string Id)[] CatalogueEntries =
    [
        ("docId", "errors"), ("guideId", "tasks"), ("manualId", "operations"), ("tutorialId", "web-app"), ("exampleId", "faq-assistant"),
        ("promptId", "summarize"), ("modelId", "extractive"),
    ];

    /// <summary>Whether the parameter names an entry of the server, which belongs to no account.</summary>
    public static bool IsOfTheServer(string parameter) =>
        parameter == "reportId" || CatalogueEntries.Any(entry => entry.Parameter == parameter);

    public string ChannelId => $"channel-of-{ConversationId}";

    /// <param name="client">Calls as the account.</param>
    /// <param name="mark">Stands in everything that has a text.</param>
    public static async Task<World> MakeAsync(HttpClient client, string mark) =>
        await MakeOneAsync(client, mark) with { Other = await MakeOneAsync(client, mark) };

    /// <summary>Returns the id for a parameter with this name.</summary>
    public string IdOf(string parameter) => parameter switch
    {
        "messageId" => MessageId,
        "runId" => RunId,
        "contactId" => ContactId,
        "sessionId" => SessionId,
        "channelId" => ChannelId,
        "name" => File.Name,
        "path" => StoredPath,
        "contentId" => AnnouncedStored.ContentId,
        "reportId" => PlatformReportIds.TotalMessages,
        _ => Resources.GetValueOrDefault(parameter, ConversationId),
    };

    private static async Task<World> MakeOneAsync(HttpClient client, string mark)
    {
        var conversation = await client.ReadAsync(HttpMethod.Post, "conversation/create", $$"""{"name":"{{mark}}","description":"{{mark}}","backstory":"{{mark}}","meta":{"mark":"{{mark}}"} }""");
        var at = ApiJson.Id(conversation);
        var message = await client.ReadAsync(HttpMethod.Post, $"conversation/{at}/message/create", $$"""{"type":"user","text":"{{mark}}","meta":{"mark":"{{mark}}"} }""");
        var contact = await client.ReadAsync(HttpMethod.Post, $"conversation/{at}/contact/upsert", $$"""{"fingerprint":"finger-of-{{at}}","name":"{{mark}}"}""");
        var session = await client.ReadAsync(HttpMethod.Post, $"conversation/{at}/session/create", """{"durationInSeconds":86400}""");
        var file = await client.ReadAsync(HttpMethod.Post, $"conversation/{at}/attachment/upload", $$"""{"file":"data:text/plain,{{mark}}"}""");
        var announced = await client.ReadAsync(HttpMethod.Post, $"conversation/{at}/attachment/upload", """{"file":{"name":"later.txt","type":"text/plain","size":20}}""");
        var resources = await ResourcesAsync(client, mark);
        await GiveValueAsync(client, ApiJson.Id(contact), resources[PersonalSecret], mark);
        var content = await client.ReadAsync(HttpMethod.Post, $"file/{resources["fileId"]}/upload", $$"""{"file":"data:text/plain,{{mark}}"}""");
        await client.ReadAsync(HttpMethod.Post, $"dataset/{resources["datasetId"]}/file/{resources["fileId"]}/attach", """{"type":"source"}""");
        await client.ReadAsync(
            HttpMethod.Post, $"integration/widget/{resources["widgetIntegrationId"]}/file/{resources["fileId"]}/attach", """{"type":"bar"}""");
        var announcedContent = await client.ReadAsync(HttpMethod.Post, $"file/{resources["fileId"]}/upload", """{"file":{"type":"text/plain","size":20}}""");
        var storage = $"space/{resources["spaceId"]}/storage";
        await client.ReadAsync(HttpMethod.Post, $"{storage}/upload/{StoredPath}", $$"""{"file":"data:text/plain,{{mark}}"}""");
        await client.ReadAsync(HttpMethod.Post, $"{storage}/upload/{StoredFolder}/b.txt", $$"""{"file":"data:text/plain,{{mark}}"}""");
        var stored = JsonElement.Parse(await client.ReadTextAsync($"{storage}/download/{StoredPath}", "application/json"));
        var later = (await client.ReadAsync(HttpMethod.Post, $"{storage}/upload/later.txt", """{"file":{"type":"text/plain","size":20}}""")).GetProperty("uploadRequest");
        return new World
        {
            ConversationId = at,
            MessageId = ApiJson.Id(message),
            RunId = await RunAsync(client, at, mark),
            ContactId = ApiJson.Id(contact),
            SessionId = session.Text("sessionId")!,
            SessionToken = session.Text("token")!,
            Resources = resources,
            ContentToken = TokenOf(content.GetProperty("downloadRequest")),
            AnnouncedContentToken = TokenOf(announcedContent.GetProperty("uploadRequest")),
            StoredToken = TokenOf(stored),
            AnnouncedStored = (later.Text("url")!.Split('?')[0].Split('/')[^1], TokenOf(later)),
            File = (file.Text("name")!, TokenOf(file.GetProperty("downloadRequest"))),
            Announced = (announced.Text("name")!, TokenOf(announced.GetProperty("uploadRequest"))),
        };
    }

    /// <summary>Enters the value of a contact for a secret on its page.</summary>
    private static async Task GiveValueAsync(HttpClient client, string contactId, string secretId, string value)
    {
        var page = await client.ReadAsync(HttpMethod.Post, $"contact/{contactId}/secret/{secretId}/authenticate", "{}");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["value"] = value });
        using var entered = await client.SendAsync(HttpMethod.Post, page.Text("url")!, form);
        await entered.AssertOkAsync();
    }

    private static async Task<IReadOnlyDictionary<string, string>> ResourcesAsync(HttpClient client, string mark)
    {
        var ids = new Dictionary<string, string>();
        var body = $$"""{"name":"{{mark}}","description":"{{mark}}","meta":{"mark":"{{mark}}"} }""";
        foreach (var kind in Kinds)
            ids[$"{kind}Id"] = await CreateAsync(kind, body);
        foreach (var kind in IntegrationKinds)
            ids[$"{kind}IntegrationId"] = await CreateAsync($"integration/{kind}", body);
        // Visitors can only talk to a widget with a bot.
        await client.ReadAsync(HttpMethod.Post, $"integration/widget/{ids["widgetIntegrationId"]}/update", $$"""{"botId":"{{ids["botId"]}}"}""");
        await client.ReadAsync(HttpMethod.Post, $"integration/extract/{ids["extractIntegrationId"]}/update", $$"""{"botId":"{{ids["botId"]}}"}""");
        await client.ReadAsync(HttpMethod.Post, $"integration/trigger/{ids["triggerIntegrationId"]}/update", $$"""{"botId":"{{ids["botId"]}}"}""");
        await client.ReadAsync(
            HttpMethod.Post, $"integration/sitemap/{ids["sitemapIntegrationId"]}/update", $$"""{"datasetId":"{{ids["datasetId"]}}","url":"http://127.0.0.1:9/"}""");
        foreach (var (parameter, entry) in CatalogueEntries)
            ids[parameter] = entry;
        // The value must be unique on the server.
        var label = $"w{Guid.NewGuid():N}"[..20];
        ids["memoryId"] = await CreateAsync("memory", $$"""{"text":"{{mark}}","name":"{{mark}}"}""");
        ids["policyId"] = await CreateAsync("policy", $$"""{"type":"retention","name":"{{mark}}"}""");
        ids["portalId"] = await CreateAsync("portal", $$"""{"slug":"{{label}}","name":"{{mark}}"}""");
        ids["abilityId"] = await CreateAsync($"skillset/{ids["skillsetId"]}/ability", body);
        ids["siteId"] = await CreateAsync($"space/{ids["spaceId"]}/site", $$"""{"domain":"{{label}}","name":"{{mark}}"}""");
        ids["recordId"] = await CreateAsync($"dataset/{ids["datasetId"]}/record", $$"""{"text":"{{mark}}","source":"{{mark}}","meta":{"mark":"{{mark}}"} }""");
        await client.ReadAsync(HttpMethod.Post, $"task/{ids["taskId"]}/trigger", "{}");
        ids["taskExecutionId"] = (await client.ReadAsync(HttpMethod.Get, $"task/{ids["taskId"]}/execution/list")).Ids().Single();
        await client.ReadAsync(HttpMethod.Post, $"secret/{ids["secretId"]}/update", $$"""{"value":"{{mark}}"}""");
        ids[PersonalSecret] = await CreateAsync("secret", $$"""{"kind":"personal","name":"{{mark}}"}""");
        ids["userId"] = await CreateAsync("partner/user", body);
        ids["contextId"] = await CreateAsync($"partner/user/{ids["userId"]}/context", body);
        ids["tokenId"] = await CreateAsync($"partner/user/{ids["userId"]}/token", body);
        return ids;

        async Task<string> CreateAsync(string path, string json) => ApiJson.Id(await client.ReadAsync(HttpMethod.Post, $"{path}/create", json));
    }

    private static async Task<string> RunAsync(HttpClient client, string conversationId, string mark)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, $"conversation/{conversationId}/complete", new { text = mark });
        await answer.AssertOkAsync();
        return answer.Header("X-Run-Id")!;
    }

    private static string TokenOf(JsonElement request) => request.Text("url")!.Split("token=")[1].Split('&')[0];
}
