using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>The resources in the paths of rows.</summary>
internal static class AuthorizationResources
{
    /// <summary>Fills the path with the ids of a new resource, of its parent and of a new user.</summary>
    /// <param name="row">The route.</param>
    /// <param name="world">The account of the resource.</param>
    public static async Task<string> FillAsync(AuthorizationRow row, ResourceWorld world)
    {
        var path = row.Names("userId") ? row.Path.Replace("{userId}", await world.UserAsync(), StringComparison.Ordinal) : row.Path;
        if (KindOf(row) is not { } kind)
            return path;
        if (kind.Parent is not null)
            path = path.Replace($"{{{kind.ParentParameter}}}", await world.ParentAsync(kind), StringComparison.Ordinal);
        var parameter = $"{{{ResourceServer.Operations.Find(kind, ResourceVerb.Fetch)!.Parameter}}}";
        if (!path.Contains(parameter, StringComparison.Ordinal))
            return path;
        var id = await world.CreateAsync(kind);
        path = path.Replace(parameter, id, StringComparison.Ordinal);
        if (path.Contains("{fileId}", StringComparison.Ordinal))
            path = path.Replace("{fileId}", await AttachedFileAsync(world, kind, id), StringComparison.Ordinal);
        if (row.Names("taskExecutionId"))
            return path.Replace("{taskExecutionId}", await ExecutionAsync(world, id), StringComparison.Ordinal);
        if (path.Contains("{secretId}", StringComparison.Ordinal))
            path = path.Replace("{secretId}", await world.CreateAsync(ResourceServer.Kind("secret")), StringComparison.Ordinal);
        if (path.EndsWith($"/secret/{id}/revoke", StringComparison.Ordinal))
            await world.Client.ReadAsync(HttpMethod.Post, $"secret/{id}/update", """{"kind":"shared","value":"a"}""");
        return row.Names("recordId") ? path.Replace("{recordId}", await RecordAsync(world, id), StringComparison.Ordinal) : path;
    }

    /// <summary>Returns the required body of a new resource of the row's kind, or of the row itself; null for other rows.</summary>
    public static string? BodyOf(AuthorizationRow row) =>
        row.Path.EndsWith("/resource/import", StringComparison.Ordinal) ? """{"resources":{"bot":[{}]}}"""
        : KindOf(row)?.Path == "/integration/widget" && row.Path.EndsWith("/attach", StringComparison.Ordinal) ? PlaceOfFile
        : row.Path.EndsWith("/bulletin/create", StringComparison.Ordinal) ? """{"text":"a"}"""
        : row.Path.Contains("/storage/copy/", StringComparison.Ordinal) || row.Path.Contains("/storage/move/", StringComparison.Ordinal)
        ? """{"destinationPath":"docs/b.txt"}"""
        : row.Path.EndsWith("/initiate", StringComparison.Ordinal) && KindOf(row) is { } chat ? Beginnings[chat.Path]
        : KindOf(row) is { } kind && row.Path.EndsWith($"{kind.Path}/create", StringComparison.Ordinal) ? ResourceSamples.Required(kind).ToJsonString() : null;

    private const string PlaceOfFile = """{"type":"bar"}""";

    /// <summary>The bodies with which integrations begin a conversation, by the paths of their kinds.</summary>
    private static readonly Dictionary<string, string> Beginnings = new()
    {
        ["/integration/discord"] = """{"channelId":"a","text":"b"}""",
        ["/integration/email"] = """{"email":"a@example.org","subject":"a","text":"b"}""",
        ["/integration/googlechat"] = """{"text":"b"}""",
        ["/integration/instagram"] = """{"instagramUserId":"a","recipientId":"b","text":"c"}""",
        ["/integration/messenger"] = """{"pageId":"a","recipientId":"b","text":"c"}""",
        ["/integration/microsoftteams"] = """{"conversationId":"a","text":"b"}""",
        ["/integration/slack"] = """{"channel":"a","text":"b"}""",
        ["/integration/telegram"] = """{"chatId":"a","text":"b"}""",
        ["/integration/twilio"] = """{"from":"a","to":"b","text":"c"}""",
        ["/integration/whatsapp"] = """{"to":"a","text":"b"}""",
    };

    private static async Task<string> AttachedFileAsync(ResourceWorld world, ResourceKind kind, string id)
    {
        var file = await world.CreateAsync(ResourceServer.Kind("file"));
        await world.Client.ReadAsync(HttpMethod.Post, $"{kind.Path[1..]}/{id}/file/{file}/attach", kind.Path == "/dataset" ? "{}" : PlaceOfFile);
        return file;
    }

    private static async Task<string> RecordAsync(ResourceWorld world, string datasetId) =>
        ApiJson.Id(await world.Client.ReadAsync(HttpMethod.Post, $"dataset/{datasetId}/record/create", """{"text":"a"}"""));

    /// <summary>Returns the execution of a task without a bot, which has ended at once.</summary>
    private static async Task<string> ExecutionAsync(ResourceWorld world, string taskId)
    {
        await world.Client.ReadAsync(HttpMethod.Post, $"task/{taskId}/trigger", "{}");
        return (await world.Client.ReadAsync(HttpMethod.Get, $"task/{taskId}/execution/list")).Ids().Single();
    }

    /// <summary>Returns the kind with the longest path that the row's path begins with.</summary>
    private static ResourceKind? KindOf(AuthorizationRow row) => ResourceServer.Kinds
        .Where(kind => AuthorizationTable.Prefixes.Any(prefix => row.Path.StartsWith($"{prefix}{kind.Path}/", StringComparison.Ordinal)))
        .MaxBy(kind => kind.Path.Length);
}
