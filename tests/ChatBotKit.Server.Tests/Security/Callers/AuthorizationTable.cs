namespace ChatBotKit.Server.Tests.Security;

/// <summary>The access rules of all routes in <c>spec/served.tsv</c>, which is written by hand and not derived from the server.</summary>
internal static class AuthorizationTable
{
    public static readonly IReadOnlyList<string> Prefixes = ["/api/v1", "/v1"];

    /// <summary>Entries that are part of the server, by the parameters of their paths. They belong to no account.</summary>
    public static IReadOnlyDictionary<string, string> Entries { get; } = new Dictionary<string, string>
    {
        ["{docId}"] = "errors",
        ["{guideId}"] = "tasks",
        ["{manualId}"] = "operations",
        ["{tutorialId}"] = "web-app",
        ["{exampleId}"] = "faq-assistant",
        ["{promptId}"] = "summarize",
        ["{modelId}"] = "extractive",
        // There are none, so every one is refused in the same way.
        ["{recallIntegrationId}"] = "any",
    };

    /// <summary>Every row under each prefix, by its name.</summary>
    public static IReadOnlyDictionary<string, AuthorizationRow> Routes { get; } = Prefixes
        .SelectMany(prefix => Read().Select(row => row with { Name = $"{prefix} {row.Name}", Path = prefix + row.Path }))
        .ToDictionary(row => row.Name);

    /// <summary>The rows under the canonical prefix. Requests under the other one are rewritten.</summary>
    public static IEnumerable<AuthorizationRow> Mapped => Routes.Values.Where(row => row.Path.StartsWith(Prefixes[0], StringComparison.Ordinal));

    private static IEnumerable<AuthorizationRow> Read()
    {
        var official = Rows("operations").ToDictionary(row => row[0]);
        return Rows("served").Select(row => row[2].Length > 0
            ? new AuthorizationRow(row[0], row[1], row[2], row[4])
            : new AuthorizationRow(row[0], official[row[0]][1], official[row[0]][2], row[4]));
    }

    private static IEnumerable<string[]> Rows(string table) =>
        File.ReadLines(Path.Combine(Root(), "spec", $"{table}.tsv")).Skip(1).Select(line => line.Split('\t'));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}

/// <param name="Name">The prefix and the operation.</param>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The path, with its parameters in braces.</param>
/// <param name="Access">Who may call the route.</param>
internal sealed record AuthorizationRow(string Name, string Verb, string Path, string Access)
{
    private const string Session = "session";

    public string Route => $"{Verb} {Path}";

    public bool IsAnonymous => Access == "anonymous";

    /// <summary>Whether everybody may call, without a credential and without a signed address.</summary>
    public bool IsForVisitors => Access == "visitor";

    /// <summary>Whether a visitor without a credential may use a public resource.</summary>
    public bool IsForAnyone => Access == "anyone";

    public bool IsForServerOwner => Access == "server-owner";

    public bool IsForSessions => Access == Session || Permission is not null;

    /// <summary>The permission that a session needs; null when it needs none, or when no session may call.</summary>
    public string? Permission => Access.StartsWith($"{Session}:", StringComparison.Ordinal) ? Access[(Session.Length + 1)..] : null;

    /// <summary>Whether the path has the id of a resource of an account.</summary>
    public bool NamesAResource => Path.Split('/').Any(part =>
        part.EndsWith("Id}", StringComparison.Ordinal) && part is not ("{tokenId}" or "{keyId}" or "{sessionId}" or "{channelId}" or "{workId}" or "{reportId}")
        && !AuthorizationTable.Entries.ContainsKey(part));

    /// <summary>Whether the path also has an id below the conversation.</summary>
    public bool NamesBelowAConversation =>
        Names("conversationId") && (Names("messageId") || Names("runId") || Names("sessionId") || Names("name"));

    public bool Names(string parameter) => Path.Contains($"{{{parameter}}}", StringComparison.Ordinal);
}
